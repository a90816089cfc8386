package io.gpushare.cli.sweep;

import io.gpushare.cli.bench.BenchParts;
import io.gpushare.cli.bench.BenchPlaceOptions;
import io.gpushare.cli.bench.MeasuringOptions;
import io.gpushare.cli.option.OptionText;
import io.gpushare.cli.option.WorkloadRoots;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.experiment.sweep.ShippedSweeps;
import io.gpushare.experiment.sweep.SweepDraft;
import io.gpushare.experiment.sweep.SweepFolder;
import io.gpushare.experiment.sweep.SweepMatrix;
import io.gpushare.experiment.sweep.SweepPlan;
import io.gpushare.experiment.sweep.SweepYaml;
import io.gpushare.experiment.sweep.TimeForRuns;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.PlanText;
import io.gpushare.plan.RunPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "sweep",
        header = "Run a whole matrix: modes × settings × tenants × mixes, in several rounds, and compare.",
        description = {
            "Each round runs every cell once, in an order that is drawn anew, and each workload alone. The same command"
                    + " goes on where an earlier one ended, however it ended. At the end it says what `analyze` says."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare sweep --list                               the sweeps that come with gpushare",
            "  gpushare sweep quick                                a first answer in five minutes",
            "  gpushare sweep quick --simulate                     anywhere, without a GPU",
            "  gpushare sweep --modes time-slicing,mps --workloads 1,2,4,8 --workload resnet-infer",
            "  gpushare sweep --modes mps --workload stream,bert-infer --thread-percentage 25,50,100",
            "  gpushare sweep modes --rounds auto --cool-down 50C  until it is decided, never on a hot GPU",
            "  gpushare sweep serving                              one replica of a server, or several, at equal load",
            "  gpushare sweep scaling --dry-run                    its cells",
            "  gpushare sweep scaling --write-plan > mine.yaml",
            "",
            "Exit status: 0 done, 1 no run counts, 2 usage, 3 this machine cannot do it, 4 some runs failed,"
                    + " 130 interrupted."
        })
public final class SweepCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PLAN",
            arity = "0..1",
            completionCandidates = Shipped.class,
            description = "A sweep that comes with gpushare (--list), or a file; options come before it.")
    private @Nullable String named;

    @Mixin
    private SweepVariedOptions varied = new SweepVariedOptions();

    @Mixin
    private SweepRoundOptions rounds = new SweepRoundOptions();

    @Mixin
    private MeasuringOptions measuring = new MeasuringOptions();

    @Mixin
    private BenchPlaceOptions place = new BenchPlaceOptions();

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description = "A variable that tenants get, as bench takes it. Repeatable.")
    private List<String> environment = new ArrayList<>();

    @Mixin
    private WorkloadRoots roots = new WorkloadRoots();

    @Option(names = "--list", description = "Run nothing: list the sweeps that come with gpushare.")
    private boolean list;

    @Option(names = "--dry-run", description = "Run nothing: list the cells.")
    private boolean dryRun;

    @Option(names = "--write-plan", description = "Run nothing: print the plan as YAML that sweep takes.")
    private boolean writePlan;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Of the folder in --out that this sweep has. Default: that of the plan.")
    private @Nullable String name;

    @Option(names = "--fresh", description = "Begin anew: what the folder holds is put aside, and nothing deleted.")
    private boolean fresh;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "Where sweeps are written. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("results");

    @Option(names = "--json", description = "Print the answer as JSON on stdout, and no progress.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    static final class Shipped extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Shipped() {
            super(ShippedSweeps.names());
        }
    }

    private final Console console;
    private final BenchParts parts;
    private final Interruption interruption;

    public SweepCommand(Console console, BenchParts parts, Interruption interruption) {
        this.console = console;
        this.parts = parts;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (list) {
            list();
            return ExitStatus.DONE.code();
        }
        SweepSource source = new SweepSource(named);
        SweepPlan plan = plan(source);
        SweepMatrix matrix = SweepMatrix.of(plan, parts.modes(), parts::migProfiles);
        RunPlan first = matrix.cells().getFirst().plan();
        String called = source.name(name, plan, first.simulated());
        // Refuses --real-time for a GPU, also where nothing is run.
        place.time(first);
        if (writePlan) {
            console.out().print(SweepYaml.write(plan));
            return ExitStatus.DONE.code();
        }
        if (dryRun) {
            if (json) {
                console.out()
                        .println(JsonAnswer.render(
                                SweepJson.cells(called, matrix, plan.conduct().rounds())));
            } else {
                new SweepReport(console).cells(matrix, plan.conduct().rounds());
            }
            return ExitStatus.DONE.code();
        }
        CarriedOutSweep sweep =
                new CarriedOutSweep(console, parts, interruption, spec.commandLine(), place, this::draft, json);
        return sweep.in(folder(source, called), plan, matrix, fresh).code();
    }

    private Path folder(SweepSource source, String called) {
        boolean said = name != null || spec.commandLine().getParseResult().hasMatchedOption("--out");
        return said ? out.resolve(called) : source.recordedIn().orElse(out.resolve(called));
    }

    private void list() {
        for (String shipped : ShippedSweeps.names()) {
            SweepDraft draft = new SweepDraft(parts.workloads(List.of()));
            SweepYaml.read(ShippedSweeps.find(shipped), draft);
            SweepPlan.About about = draft.plan().about();
            console.out()
                    .println(shipped + " ".repeat(Math.max(1, 18 - shipped.length())) + about.title() + ". "
                            + about.description());
        }
    }

    private SweepPlan plan(SweepSource source) {
        if (named == null && !varied.saySomething()) {
            throw GpushareException.usage(
                    "it is not said what is to be varied",
                    "Name a plan first, as in `gpushare sweep quick --simulate`; --list lists them, and --help tells"
                            + " how to do without one.");
        }
        SweepDraft draft = draft();
        source.readInto(draft);
        varied.applyTo(draft);
        rounds.applyTo(draft);
        measuring.applyTo(draft.conditions());
        place.applyTo(draft.conditions());
        draft.conditions().environment(OptionText.read("sweep", "--env", () -> PlanText.environment(environment)));
        fitIntoItsTime(source, draft);
        return draft.plan();
    }

    /** Nobody said how long runs are to be: as long as there is time for, or as long as those that there are. */
    private void fitIntoItsTime(SweepSource source, SweepDraft draft) {
        SweepPlan plan = draft.plan();
        if (plan.conduct().within().isEmpty()
                || draft.conditions().saidDuration().isPresent()) {
            return;
        }
        SweepMatrix matrix = SweepMatrix.of(plan, parts.modes(), parts::migProfiles);
        boolean simulated = matrix.cells().getFirst().plan().simulated();
        Optional<Duration> earlier = fresh
                ? Optional.empty()
                : SweepFolder.recordedDuration(folder(source, source.name(name, plan, simulated)), draft());
        draft.conditions()
                .duration(earlier.orElseGet(() -> TimeForRuns.each(
                        plan.conduct().within().get(), matrix.runs().size())));
    }

    private SweepDraft draft() {
        return new SweepDraft(parts.workloads(roots.further()));
    }
}
