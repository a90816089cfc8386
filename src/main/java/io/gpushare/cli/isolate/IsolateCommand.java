package io.gpushare.cli.isolate;

import io.gpushare.cli.bench.BenchParts;
import io.gpushare.cli.bench.BenchPlaceOptions;
import io.gpushare.cli.bench.PlanMeasurement;
import io.gpushare.cli.bench.TenantSettingText;
import io.gpushare.cli.isolate.IsolateRuns.Chosen;
import io.gpushare.cli.option.ModeSettingOptions;
import io.gpushare.cli.option.OptionText;
import io.gpushare.cli.option.PercentText;
import io.gpushare.cli.option.WorkloadRoots;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.cli.terminal.Style;
import io.gpushare.experiment.isolate.Isolation;
import io.gpushare.experiment.isolate.IsolationJson;
import io.gpushare.experiment.isolate.IsolationText;
import io.gpushare.experiment.isolate.Misbehaviour;
import io.gpushare.experiment.isolate.ModeTrials;
import io.gpushare.experiment.isolate.Thresholds;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.GpuChoice;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.RunPlan;
import io.gpushare.report.text.PlainText;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.text.SafeText;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "isolate",
        header = "Show what neighbours that misbehave do to a tenant, mode by mode.",
        description = {
            "Runs a victim beside a neighbour that misbehaves for real, once for each misbehaviour and mode, and says"
                    + " who died, how much the victim lost, and when it worked again. A GPU that others use is no place"
                    + " for this: some of it ends all programs that share an MPS server."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare isolate --simulate                        all of it, anywhere, without a GPU",
            "  gpushare isolate                                   time-slicing and MPS, on the first GPU",
            "  gpushare isolate --mode mig --profiles 3g.71gb:2",
            "  gpushare isolate --mode mps --what memory-hog --memory-limit misbehave=8GiB",
            "  gpushare isolate --what illegal-access,killed --victim bert-infer --set bert-infer.batch=4",
            "  gpushare isolate --gpu none --victim spin --what killed,stopped",
            "",
            "Exit status: 0 all could be judged, whatever the verdict, 1 none could, 2 usage, 3 this machine cannot do"
                    + " it, 4 some could not be judged, 130 interrupted."
        })
public final class IsolateCommand implements Callable<Integer> {
    private static final List<String> USUAL_MODES = List.of(ModeKind.TIME_SLICING.toString(), ModeKind.MPS.toString());
    private static final double PERCENT = 100;
    private static final double USUAL_LEAST_KEPT = 90;
    private static final double USUAL_MOST_P99 = 1.25;

    @Option(
            names = "--mode",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "MODE,…",
            completionCandidates = ModeSettingOptions.Kinds.class,
            description = "time-slicing, mps, mig; one of gpu-configs; or a file. Default: time-slicing,mps.")
    private List<String> modes = new ArrayList<>();

    @Option(
            names = "--what",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "WHAT,…",
            completionCandidates = Misbehaviours.class,
            description = "What the neighbour does: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<String> what = new ArrayList<>();

    @Option(
            names = "--victim",
            paramLabel = "NAME",
            defaultValue = "resnet-infer",
            description = "The workload beside it; your own by the path of its file. Default: ${DEFAULT-VALUE}.")
    private String victim = "resnet-infer";

    @Option(
            names = "--set",
            paramLabel = "NAME.PARAMETER=VALUE",
            description = "A workload's parameter, as resnet-infer.batch=16, or of the neighbour, as misbehave.for=8."
                    + " Repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "Of a run. Default: what the neighbour needs, and 4s for the victim to come back: 12s.")
    private @Nullable Duration duration;

    @Option(
            names = "--least-kept",
            paramLabel = "PERCENT",
            converter = PercentText.class,
            description = "A victim that keeps less of its throughput is degraded. Default: 90%%.")
    private @Nullable Double leastKept;

    @Option(
            names = "--most-p99",
            paramLabel = "TIMES",
            description = "So is one whose p99 grows by more. Default: 1.25 times.")
    private @Nullable Double mostP99;

    @Option(names = "--seed", paramLabel = "N", description = "Tenants' random numbers follow it. Default: 1.")
    private @Nullable Long seed;

    @Mixin
    private ModeSettingOptions modeSettings = new ModeSettingOptions();

    @Mixin
    private BenchPlaceOptions place = new BenchPlaceOptions();

    @Mixin
    private WorkloadRoots roots = new WorkloadRoots();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "The experiment gets a folder of its own in it. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("results");

    @Option(names = "--json", description = "Print the answer as JSON on stdout, and no progress.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Console console;
    private final BenchParts parts;
    private final Interruption interruption;

    static final class Misbehaviours extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Misbehaviours() {
            super(Misbehaviour.texts());
        }
    }

    public IsolateCommand(Console console, BenchParts parts, Interruption interruption) {
        this.console = console;
        this.parts = parts;
        this.interruption = interruption;
    }

    @Override
    @SuppressWarnings("try") // a request to end waits while the hold is open
    public Integer call() throws InterruptedException {
        Thresholds thresholds = thresholds();
        List<Misbehaviour> misbehaviours = misbehaviours();
        List<Chosen> chosen = chosen(modes.isEmpty() ? USUAL_MODES : modes);
        IsolatePlans plans = plans(chosen);
        RunPlan first = plans.beside(misbehaviours.getFirst(), chosen.getFirst().mode());
        if (first.gpu() instanceof GpuChoice.None) {
            // Without a GPU there is nothing that MPS could share, and no way to it.
            chosen = modes.isEmpty() ? chosen.subList(0, 1) : chosen;
            misbehaviours = what.isEmpty()
                    ? misbehaviours.stream()
                            .filter(one -> one != Misbehaviour.PCIE_HOG)
                            .toList()
                    : misbehaviours;
        }
        for (Chosen mode : chosen) {
            // A mistake is told before anything runs.
            plans.beside(misbehaviours.getFirst(), mode.mode());
        }
        ResultDirectory directory = directory(chosen, first.simulated());
        try (Interruption.Hold held = interruption.hold()) {
            boolean silent = json || !console.errRedraws() || !place.time(first).isReal();
            IsolateRuns runs = new IsolateRuns(
                    new PlanMeasurement(console, parts, interruption, spec.commandLine(), silent),
                    plans,
                    place::time,
                    directory,
                    thresholds,
                    this::tell,
                    chosen.size() * misbehaviours.size());
            List<ModeTrials> trials = new ArrayList<>();
            for (Chosen mode : chosen) {
                if (!runs.over()) {
                    trials.add(runs.in(mode, misbehaviours));
                }
            }
            return finish(runs, trials, first, thresholds, directory).code();
        } finally {
            directory.deleteIfEmpty();
        }
    }

    private ExitStatus finish(
            IsolateRuns runs,
            List<ModeTrials> trials,
            RunPlan first,
            Thresholds thresholds,
            ResultDirectory directory) {
        List<ModeTrials> tried =
                trials.stream().filter(mode -> !mode.trials().isEmpty()).toList();
        Isolation isolation =
                new Isolation(first.tenants().getFirst().variant(), runs.where(), first.simulated(), thresholds, tried);
        if (runs.where().isEmpty() && runs.refused().isPresent()) {
            throw runs.refused().orElseThrow();
        }
        boolean interrupted = runs.over() && runs.notRestored().isEmpty();
        if (!tried.isEmpty()) {
            IsolationFiles.write(isolation, directory.path());
            print(isolation, directory);
        }
        if (runs.notRestored().isPresent()) {
            throw runs.notRestored().orElseThrow();
        }
        return interrupted ? ExitStatus.INTERRUPTED : isolation.status();
    }

    private void print(Isolation isolation, ResultDirectory directory) {
        if (json) {
            console.out().println(JsonAnswer.render(IsolationJson.of(isolation)));
            return;
        }
        console.out().println();
        PlainText.fitting(IsolationText.summary(isolation), console.columns(), console::painted)
                .forEach(console.out()::println);
        console.out().println();
        console.out()
                .println("Picture, report and runs: "
                        + console.styled(
                                Style.COMMAND,
                                directory.path().resolve("isolation.md").toString()));
    }

    private void tell(String line) {
        if (!json) {
            console.err().println(SafeText.of(line));
        }
    }

    private Thresholds thresholds() {
        double times = mostP99 == null ? USUAL_MOST_P99 : mostP99;
        if (!(times >= 1 && Double.isFinite(times))) {
            throw GpushareException.usage("--most-p99 must be 1 or more, and is " + times, "It says how many times.");
        }
        return new Thresholds((leastKept == null ? USUAL_LEAST_KEPT : leastKept) / PERCENT, times);
    }

    private List<Misbehaviour> misbehaviours() {
        return what.isEmpty()
                ? Arrays.asList(Misbehaviour.values())
                : OptionText.read(
                        "isolate",
                        "--what",
                        () -> what.stream().map(Misbehaviour::of).distinct().toList());
    }

    private List<Chosen> chosen(List<String> names) {
        List<Chosen> chosen = names.stream()
                .distinct()
                .map(name -> new Chosen(name, parts.modes().find(name)))
                .toList();
        chosen.stream().filter(mode -> !mode.mode().concurrent()).findFirst().ifPresent(alone -> {
            throw GpushareException.usage(
                    "in the mode " + alone.name() + " tenants run one after another: nobody has a neighbour",
                    "Choose --mode time-slicing, mps or mig.");
        });
        return chosen;
    }

    private IsolatePlans plans(List<Chosen> chosen) {
        List<SharingMode> all = chosen.stream().map(Chosen::mode).toList();
        if (settings.stream().anyMatch(setting -> setting.startsWith(IsolatePlans.NEIGHBOUR + ".what="))) {
            throw GpushareException.usage("--set cannot choose what the neighbour does", "That is what --what is for.");
        }
        return new IsolatePlans(
                parts.workloads(roots.further()), victim, Optional.ofNullable(duration), draft -> apply(draft, all));
    }

    private void apply(PlanDraft draft, List<SharingMode> all) {
        TenantSettingText.applyTo(draft, settings);
        modeSettings.applyTo(draft, all);
        place.applyTo(draft);
        OptionText.given(seed, draft::seed);
    }

    private ResultDirectory directory(List<Chosen> chosen, boolean simulated) {
        String kinds = chosen.stream()
                .map(mode -> mode.mode().kind().toString())
                .distinct()
                .collect(Collectors.joining("-"));
        ResultName name = ResultName.experiment(
                "isolate",
                List.of(simulated ? "simulated-" + kinds : kinds),
                Time.real().instant());
        return ResultDirectory.open(out.resolve(name.stem()));
    }
}
