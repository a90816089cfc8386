package io.gpushare.cli.results;

import io.gpushare.cli.option.FormatWords;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.cli.terminal.Style;
import io.gpushare.compare.Comparison;
import io.gpushare.compare.Threshold;
import io.gpushare.compare.ThresholdText;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.report.contrast.ContrastJson;
import io.gpushare.report.contrast.ContrastJunit;
import io.gpushare.report.contrast.ContrastMarkdown;
import io.gpushare.report.contrast.ContrastText;
import io.gpushare.report.text.PlainText;
import io.gpushare.results.ToolVersion;
import io.gpushare.results.stored.Skipped;
import io.gpushare.study.metric.StudyOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "compare",
        header = "Compare two sets of runs, metric by metric, and fail where a threshold is broken.",
        description = {
            "Runs of the same mix in the same way of sharing are compared. Where a side has one way of sharing only,"
                    + " it is compared with the other side's one, whatever it is: time-slicing with MPS. Each side is a"
                    + " file, a folder, or a pattern in quotes; files of hyperfine and of simple GPU"
                    + " benchmarks are taken,"
                    + " too.",
            "A threshold is broken when the mean is beyond it and noise cannot explain that; with one run on a side the"
                    + " change alone decides."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare compare results/main results/branch",
            "  gpushare compare results/main results/branch --fail-if 'p99>+10%%' --junit report.xml",
            "  gpushare compare 'results/*time-slicing_4*' 'results/*mps_4*' --format markdown",
            "  gpushare compare old.json new.json --fail-if 'p99/bert-infer>12ms'",
            "",
            "Exit status: 0 compared, 1 there was nothing to compare, 2 usage, 3 the JUnit report cannot be written,"
                    + " 4 compared, but a file could not be read, 5 a threshold is broken or could not be checked."
        })
public final class CompareCommand implements Callable<Integer> {
    private enum Format {
        TEXT,
        MARKDOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            return FormatWords.chosen(text, Format.values());
        }
    }

    @Parameters(index = "0", paramLabel = "BASELINE", description = "What is compared with.")
    private String baseline = "";

    @Parameters(index = "1", paramLabel = "CONTENDER", description = "What is compared.")
    private String contender = "";

    @Option(
            names = "--fail-if",
            paramLabel = "METRIC>LIMIT",
            description = "Fail with status 5: p99>+10%%, stp<-5%%, p99/bert-infer>+10%% (one workload), p99>12ms,"
                    + " fairness<0.8. May be given several times. METRIC: stp, throughput, p50, p90, p99, slowdown,"
                    + " p99_slowdown, fairness, jain, energy, cost, power, or a key of --json.")
    private List<String> failIf = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "text|markdown",
            converter = FormatConverter.class,
            description = "For a terminal, or for a comment on a pull request. Default: text.")
    private Format format = Format.TEXT;

    @Option(names = "--json", description = "Print JSON on stdout.")
    private boolean json;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write a report for CI systems, too: JUnit XML, a test for each threshold.")
    private @Nullable Path junit;

    @Option(names = "--include-invalid", description = "Count runs that are INVALID, too.")
    private boolean includeInvalid;

    @Option(
            names = "--allow-simulated",
            description = "Compare simulated runs with measured ones, which shows the model's error.")
    private boolean allowSimulated;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Console console;
    private final InstantSource clock;

    public CompareCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        List<Threshold> thresholds = failIf.stream().map(this::threshold).toList();
        requireOneForm();
        StudyOptions options =
                new StudyOptions(includeInvalid, false, List.of(), OptionalDouble.empty(), StudyOptions.SEED);
        String version = ToolVersion.current().toString();
        ComparedSide before = ComparedSide.read(baseline, options, clock.instant(), version);
        ComparedSide after = ComparedSide.read(contender, options, clock.instant(), version);
        Stream.of(before, after)
                .flatMap(side -> side.skipped().stream())
                .distinct()
                .forEach(this::tell);
        Stream.of(before, after)
                .flatMap(side -> side.judgedAnew().stream())
                .distinct()
                .forEach(words -> console.tell(Style.SECONDARY, "note:", words));
        Comparison comparison = Comparison.of(before.side(), after.side(), thresholds, allowSimulated, options.seed());
        if (junit != null) {
            write(junit, ContrastJunit.of(comparison));
        }
        print(comparison);
        return status(comparison, before.incomplete() || after.incomplete()).code();
    }

    private Threshold threshold(String text) {
        try {
            return ThresholdText.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), "--fail-if: " + wrong.getMessage(), wrong);
        }
    }

    private void requireOneForm() {
        if (json && format != Format.TEXT) {
            throw new ParameterException(spec.commandLine(), "--json and --format exclude each other");
        }
    }

    private void tell(Skipped file) {
        console.tell(file.loss() ? Style.ATTENTION : Style.SECONDARY, "skipped:", file.file() + ": " + file.reason());
    }

    private static ExitStatus status(Comparison comparison, boolean incomplete) {
        if (comparison.isBroken()) {
            return ExitStatus.THRESHOLD_BROKEN;
        }
        if (comparison.isEmpty()) {
            return ExitStatus.FAILED;
        }
        return incomplete ? ExitStatus.PARTLY_FAILED : ExitStatus.DONE;
    }

    private static void write(Path file, String content) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
            AtomicFile.write(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            throw GpushareException.unable(
                    "--junit: " + file + " cannot be written: " + WriteFailure.reason(failure),
                    "Choose a file in a folder that you may write to.",
                    failure);
        }
    }

    private void print(Comparison comparison) {
        if (json) {
            console.out().println(JsonAnswer.render(ContrastJson.of(comparison)));
            return;
        }
        switch (format) {
            case MARKDOWN -> console.out().print(ContrastMarkdown.of(comparison));
            case TEXT -> {
                console.out().println();
                PlainText.fitting(ContrastText.of(comparison), console.columns(), console::painted)
                        .forEach(console.out()::println);
            }
        }
    }
}
