package io.gpushare.cli.option;

import io.gpushare.failure.GpushareException;
import io.gpushare.platform.DcgmExporter;
import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The address of a dcgm-exporter. */
public final class ExporterText implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
        try {
            return DcgmExporter.address(text);
        } catch (GpushareException wrong) {
            throw new TypeConversionException(
                    wrong.sentence() + ". " + wrong.advice().orElse(""));
        }
    }
}
