package io.gpushare.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.cli.terminal.Style;
import io.gpushare.exchange.MlperfStyleExport;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.results.ToolVersion;
import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.results.reading.SampleFiles;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.Skipped;
import io.gpushare.study.Study;
import io.gpushare.study.metric.StudyOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "export",
        header = "Write results in the format of other programs.",
        description = {
            "mlperf-style: the plain JSON of simple GPU benchmarks, with a scenario, a throughput and two percentiles"
                    + " of latency for each run and workload. It is no MLPerf result. What it has no room for is lost;"
                    + " keep the results.",
            "csv-long: every sample of runs and monitors, a value a line: timestamp,domain,metric,measure. Domains are"
                    + " gpu0 (and its MIG devices and processes), host, cpu, platform and dcgm/gpu0."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare export --format mlperf-style results/ --out plain.json",
            "  gpushare export --format mlperf-style 'results/benchmark_mps_*.json'",
            "  gpushare export --format csv-long results/ --out samples/    a table for each run",
            "",
            "Exit status: 0 done, 1 there was nothing to export, 2 usage, 3 the file cannot be written, 4 done, but a"
                    + " file could not be read."
        })
public final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Folders, files, and patterns in quotes.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "mlperf-style|csv-long",
            required = true,
            converter = FormatText.class,
            description = "The format.")
    private Format format = Format.MLPERF_STYLE;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write. Default: stdout. csv-long: a folder gets a table for each run.")
    private @Nullable Path out;

    @Option(names = "--include-invalid", description = "Export runs that are INVALID, too.")
    private boolean includeInvalid;

    private final Console console;

    public ExportCommand(Console console) {
        this.console = console;
    }

    private enum Format {
        MLPERF_STYLE,
        CSV_LONG
    }

    private static final class FormatText implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            if (text.equalsIgnoreCase("mlperf-style")) {
                return Format.MLPERF_STYLE;
            }
            if (text.equalsIgnoreCase("csv-long")) {
                return Format.CSV_LONG;
            }
            throw new TypeConversionException("there is no format '" + text + "'; there are mlperf-style and csv-long");
        }
    }

    @Override
    public Integer call() {
        return switch (format) {
            case MLPERF_STYLE -> exportRuns();
            case CSV_LONG -> exportSamples();
        };
    }

    private int exportSamples() {
        SampleFiles samples = SampleFiles.in(paths);
        List<Skipped> skipped = new ArrayList<>(samples.skipped());
        skipped.addAll(new SamplesExport(console, out).write(samples.files()));
        skipped.forEach(this::tell);
        return (skipped.stream().anyMatch(Skipped::loss) ? ExitStatus.PARTLY_FAILED : ExitStatus.DONE).code();
    }

    private int exportRuns() {
        ReadResults read = ResultReading.read(paths, ReadingProgress.NONE);
        read.skipped().forEach(this::tell);
        StudyOptions options =
                new StudyOptions(includeInvalid, true, List.of(), OptionalDouble.empty(), StudyOptions.SEED);
        Study study = Study.of(read.runs(), options);
        study.leftOut()
                .forEach(run ->
                        console.tell(Style.ATTENTION, "left out:", run.file() + ": it is INVALID, or was interrupted"));
        JsonNode document = MlperfStyleExport.of(study, ToolVersion.current().toString());
        write(JsonAnswer.render(document) + "\n");
        return (read.incomplete() ? ExitStatus.PARTLY_FAILED : ExitStatus.DONE).code();
    }

    private void tell(Skipped file) {
        console.tell(file.loss() ? Style.ATTENTION : Style.SECONDARY, "skipped:", file.file() + ": " + file.reason());
    }

    private void write(String text) {
        if (out == null) {
            console.out().print(text);
            return;
        }
        try {
            AtomicFile.write(out, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            throw GpushareException.unable(
                    "--out: " + out + " cannot be written: " + WriteFailure.reason(failure),
                    "Choose a file in a folder that exists and that you may write to.",
                    failure);
        }
        console.out().println("Saved to " + console.styled(Style.COMMAND, out.toString()));
    }
}
