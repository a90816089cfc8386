package io.gpushare.results.reading.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.document.DocumentReader;
import io.gpushare.results.reading.document.JsonTokens;
import io.gpushare.results.reading.document.LargeParts;
import io.gpushare.results.reading.document.SamplesDocument;
import io.gpushare.results.stored.StoredMonitor;
import java.io.IOException;
import java.nio.file.Path;

/** Reads files of samples, of runs and of monitors alike, in the memory of one column. */
public final class SampleReader {
    private SampleReader() {}

    /** What it says besides its samples. */
    public static StoredMonitor head(Path file) throws IOException, DamagedFileException {
        return SamplesDocument.read(file, document(file, LargeParts.SKIPPED));
    }

    public static void samples(Path file, SampleSink sink) throws IOException, DamagedFileException {
        document(file, new SampledColumns(sink));
    }

    private static ObjectNode document(Path file, LargeParts parts) throws IOException, DamagedFileException {
        try (JsonTokens tokens = JsonTokens.open(file)) {
            return new DocumentReader(tokens, parts).read();
        }
    }
}
