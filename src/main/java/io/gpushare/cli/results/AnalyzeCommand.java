package io.gpushare.cli.results;

import io.gpushare.cli.option.ShellWords;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.report.Report;
import io.gpushare.report.Report.ShownRun;
import io.gpushare.results.ToolVersion;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.results.reading.timeline.TimelineReader;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.Skipped;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Study;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Amount;
import io.gpushare.text.SafeText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "analyze",
        header = "Compare the runs in folders of results, and say which way of sharing to use.",
        description = {
            "Reads results of every version, and journals of runs that were killed; what cannot be read is named and"
                    + " skipped. Needs neither GPU nor Docker. Simulated runs are never mixed with"
                    + " measured ones, nor one"
                    + " model of GPU with another."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare analyze                                    what is in results",
            "  gpushare analyze results/reference/h200 --no-files  the measurements that come with gpushare",
            "  gpushare analyze 'results/benchmark_mps_*.json' --out ~/analysis",
            "  gpushare analyze --slo resnet-infer.p99=10ms --gpu-cost-per-hour 3.5",
            "  gpushare analyze --format csv-long > all.csv",
            "",
            "Exit status: 0 done, 1 there was nothing to analyse, 2 usage, 3 the report cannot be written,"
                    + " 4 done, but a file could not be read."
        })
public final class AnalyzeCommand implements Callable<Integer> {
    private static final String USUAL = "results";
    private static final int MOST_SKIPPED = 10;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Folders, files, and patterns in quotes. Default: results.")
    private List<String> paths = new ArrayList<>();

    @Mixin
    private AnalyzeChoiceOptions choice = new AnalyzeChoiceOptions();

    @Mixin
    private AnalyzeOutputOptions output = new AnalyzeOutputOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Console console;
    private final InstantSource clock;

    public AnalyzeCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        output.check(spec.commandLine());
        StudyOptions options = choice.toStudy(spec.commandLine());
        List<String> what = what();
        Optional<AnalysisFolder> folder = output.files() ? Optional.of(folder(what)) : Optional.empty();
        folder.ifPresent(AnalysisFolder::check);
        ReadResults read = read(what);
        tell(read.skipped(), folder.isPresent());
        Study study = study(what, read, options);
        List<ShownRun> shown = folder.isPresent() ? ShownRuns.of(study, TimelineReader::read) : List.of();
        Report report = new Report(
                study, read, shown, clock.instant(), ToolVersion.current().toString());
        List<Path> files = folder.map(into -> AnalyzeFiles.write(report, into, output.plots()))
                .orElse(List.of());
        new AnalyzeAnswer(console, console.columns()).print(report, output.format(), files);
        return (read.incomplete() ? ExitStatus.PARTLY_FAILED : ExitStatus.DONE).code();
    }

    private List<String> what() {
        if (!paths.isEmpty()) {
            return paths;
        }
        if (!Files.exists(Path.of(USUAL))) {
            throw nothing(
                    "there is no folder " + USUAL + " in " + Path.of("").toAbsolutePath(),
                    "`gpushare bench` makes it, and `gpushare analyze FOLDER` reads another.");
        }
        return List.of(USUAL);
    }

    private AnalysisFolder folder(List<String> what) {
        Path path = output.out().orElseGet(() -> AnalysisFolder.of(what.getFirst()));
        return new AnalysisFolder(
                path, ShellWords.join("gpushare", spec.commandLine(), Set.of("--out"), List.of("--no-files")));
    }

    private ReadResults read(List<String> what) {
        try (AnalyzeProgress progress = new AnalyzeProgress(console)) {
            return ResultReading.read(what, progress);
        }
    }

    /** Names skipped files, those first whose content was lost. */
    private void tell(List<Skipped> skipped, boolean reported) {
        skipped.stream()
                .sorted(Comparator.comparing(Skipped::loss).reversed())
                .limit(MOST_SKIPPED)
                .forEach(file -> console.tell(
                        file.loss() ? Style.ATTENTION : Style.SECONDARY,
                        "skipped:",
                        file.file() + ": " + file.reason()));
        if (skipped.size() > MOST_SKIPPED) {
            console.err()
                    .println("and " + Amount.of(skipped.size() - MOST_SKIPPED, "more file")
                            + (reported ? "; the report names them all" : "; --format json names them all"));
        }
    }

    private Study study(List<String> what, ReadResults read, StudyOptions options) {
        List<StoredRun> wanted = choice.wanted(read.runs());
        String where = String.join(", ", what);
        if (read.runs().isEmpty()) {
            throw nothing(
                    "there are no results in " + where + (read.skipped().isEmpty() ? "" : " that can be read"),
                    "`gpushare bench` makes some; with --simulate anywhere, without a GPU.");
        }
        if (wanted.isEmpty()) {
            throw nothing(
                    "none of the " + Amount.of(read.runs().size(), "run") + " in " + where + " was " + choice.kind(),
                    "Without --" + choice.kind() + ", the others are analysed.");
        }
        tellUnknown(options.slos(), wanted);
        Study study = Study.of(wanted, options);
        if (study.sections().isEmpty()) {
            throw nothing(
                    "none of the " + Amount.of(wanted.size(), "run") + " in " + where + " is VALID",
                    "Each file says why, under verdict. --include-invalid counts them nevertheless.");
        }
        return study;
    }

    /** A bound that binds nobody was mistyped. */
    private void tellUnknown(List<Slo> slos, List<StoredRun> runs) {
        Set<String> names = new TreeSet<>();
        runs.stream().flatMap(run -> run.result().tenants().stream()).forEach(tenant -> {
            names.add(tenant.workload());
            names.add(tenant.variant());
        });
        slos.stream()
                .map(Slo::workload)
                .filter(workload -> !names.contains(workload))
                .distinct()
                .forEach(workload -> console.err()
                        .println(SafeText.of("warning: --slo: no run has a workload " + workload + ". "
                                        + Spelling.suggestion(workload, names))
                                .strip()));
    }

    private static GpushareException nothing(String sentence, String advice) {
        return GpushareException.failed(SafeText.of(sentence), advice);
    }
}
