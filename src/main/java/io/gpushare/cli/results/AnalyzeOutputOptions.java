package io.gpushare.cli.results;

import io.gpushare.cli.option.FormatWords;
import io.gpushare.cli.option.OptionSection;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What comes out of an analysis, and where to. */
final class AnalyzeOutputOptions implements OptionSection {
    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where the report is written. Default: analysis, in the first folder that is named.")
    private @Nullable Path out;

    @Option(names = "--generate-plots", description = "Draw pictures. This is the default.")
    private boolean generatePlots;

    @Option(names = "--no-plots", description = "Draw no pictures.")
    private boolean noPlots;

    @Option(names = "--no-files", description = "Write nothing: only the answer on stdout.")
    private boolean noFiles;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            converter = FormatConverter.class,
            description =
                    "What stdout gets: a summary as text; all of it as markdown, csv, csv-long or json; or what is"
                            + " recommended, for a Kubernetes cluster, as device-plugin, dra or kai. Default: text.")
    private @Nullable Format format;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    enum Format {
        TEXT("text"),
        MARKDOWN("markdown"),
        CSV("csv"),
        CSV_LONG("csv-long"),
        JSON("json"),
        DEVICE_PLUGIN("device-plugin"),
        DRA("dra"),
        KAI("kai");

        private final String word;

        Format(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            return FormatWords.chosen(text, Format.values());
        }
    }

    @Override
    public String heading() {
        return "What comes out";
    }

    void check(CommandLine command) {
        if (out != null && out.toString().isEmpty()) {
            throw new ParameterException(command, "--out names no folder; the current one is .");
        }
        if (generatePlots && noPlots) {
            throw new ParameterException(command, "--generate-plots and --no-plots contradict each other");
        }
        if (noFiles && out != null) {
            throw new ParameterException(command, "--no-files and --out contradict each other");
        }
        if (noFiles && generatePlots) {
            throw new ParameterException(command, "--no-files and --generate-plots contradict each other");
        }
        if (json && format != null && format != Format.JSON) {
            throw new ParameterException(command, "--json and --format " + format + " contradict each other");
        }
    }

    Format format() {
        if (json) {
            return Format.JSON;
        }
        return format == null ? Format.TEXT : format;
    }

    boolean files() {
        return !noFiles;
    }

    boolean plots() {
        return !noPlots;
    }

    Optional<Path> out() {
        return Optional.ofNullable(out);
    }
}
