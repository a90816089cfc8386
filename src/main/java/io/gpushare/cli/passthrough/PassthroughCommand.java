package io.gpushare.cli.passthrough;

import io.gpushare.cli.bench.BenchParts;
import io.gpushare.cli.bench.BenchPlaceOptions;
import io.gpushare.cli.bench.CardRuns;
import io.gpushare.cli.bench.PlanMeasurement;
import io.gpushare.cli.bench.TenantSettingText;
import io.gpushare.cli.option.FolderNameText;
import io.gpushare.cli.option.OptionText;
import io.gpushare.cli.option.WorkloadRoots;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.cli.terminal.Style;
import io.gpushare.experiment.passthrough.Passthrough;
import io.gpushare.experiment.passthrough.PassthroughExecution;
import io.gpushare.experiment.passthrough.PassthroughFolder;
import io.gpushare.experiment.passthrough.PassthroughJson;
import io.gpushare.experiment.passthrough.PassthroughPlan;
import io.gpushare.experiment.passthrough.PassthroughText;
import io.gpushare.experiment.passthrough.Ramp;
import io.gpushare.experiment.passthrough.State;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.PlanText;
import io.gpushare.plan.RunPlan;
import io.gpushare.platform.Platform;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.report.text.PlainText;
import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import io.gpushare.text.Numbers;
import io.gpushare.time.Time;
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
import picocli.CommandLine.Spec;

@Command(
        name = "passthrough",
        header = "Find out whether the machine's own sensors tell which GPU works.",
        description = {
            "Brings all GPUs of this machine into every combination of idle, half and full load, reads the baseboard's"
                    + " sensors (IPMI) meanwhile, learns from a part of the combinations what each GPU does to them,"
                    + " and says how often the loads of the others are told right. The same command goes on where an"
                    + " earlier one ended. --gpu takes some of the GPUs; usual are all."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare passthrough --simulate h200:4                anywhere, on a simulated machine",
            "  gpushare passthrough --simulate h200:4@blind-sensors  whose sensors show noise alone",
            "  gpushare passthrough                                  all GPUs of this machine",
            "  gpushare passthrough --gpu 0,1 --duration 90s --rounds 3",
            "  gpushare passthrough --dry-run                        the states, and how long they take",
            "  gpushare passthrough --workload stream --half batch=2",
            "",
            "Exit status: 0 done, whatever the answer, 1 nothing was measured, 2 usage, 3 this machine cannot do it,"
                    + " 4 some states failed, 130 interrupted."
        })
public final class PassthroughCommand implements Callable<Integer> {
    /** What is added to the command so that it runs without a GPU. */
    static final List<String> SIMULATED = List.of("--simulate=h200:4");

    private static final Duration USUAL_DURATION = Duration.ofSeconds(60);
    private static final int MOST_ROUNDS = 100;
    private static final int USUAL_COMBINATIONS = 81;
    private static final int MOST_COMBINATIONS = 100_000;

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            defaultValue = "matmul-burn",
            description = "What GPUs work on; your own by the path of its file. Default: ${DEFAULT-VALUE}.")
    private String workload = "matmul-burn";

    @Option(
            names = "--half",
            paramLabel = "PARAMETER=VALUE",
            defaultValue = "busy=50",
            description = "The setting by which it does half of that. Default: ${DEFAULT-VALUE}.")
    private String half = "busy=50";

    @Option(
            names = "--set",
            paramLabel = "NAME.PARAMETER=VALUE",
            description = "A parameter of the workload, as matmul-burn.size=4096. Repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--duration", paramLabel = "TIME", description = "How long each state lasts. Default: 60s.")
    private @Nullable Duration duration;

    @Option(
            names = "--ramp",
            paramLabel = "TIME",
            description = "Of each state so much is left out at its begin. Default: a third, and 10s at least.")
    private @Nullable Duration ramp;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "1",
            description = "How often each combination is measured, in another order each time. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String rounds = "1";

    @Option(
            names = "--combinations",
            paramLabel = "N",
            defaultValue = "" + USUAL_COMBINATIONS,
            description = "At most so many, drawn by the seed. Default: ${DEFAULT-VALUE}, which are all of four GPUs.")
    private String combinations = Integer.toString(USUAL_COMBINATIONS);

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Random numbers, the order, and what is held back follow it. Default: 1.")
    private @Nullable Long seed;

    @Mixin
    private BenchPlaceOptions place = new BenchPlaceOptions();

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description = "A variable that tenants get, as bench takes it. Repeatable.")
    private List<String> environment = new ArrayList<>();

    @Mixin
    private WorkloadRoots roots = new WorkloadRoots();

    @Option(names = "--dry-run", description = "Run nothing: list the states.")
    private boolean dryRun;

    @Option(names = "--name", paramLabel = "NAME", description = "Of the folder in --out. Default: passthrough.")
    private @Nullable String name;

    @Option(names = "--fresh", description = "Begin anew: what the folder holds is put aside, and nothing deleted.")
    private boolean fresh;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "Where the experiment's folder is. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("results");

    @Option(names = "--json", description = "Print the answer as JSON on stdout, and no progress.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Console console;
    private final BenchParts parts;
    private final Interruption interruption;

    public PassthroughCommand(Console console, BenchParts parts, Interruption interruption) {
        this.console = console;
        this.parts = parts;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Interruption.Hold _ = interruption.hold()) {
            PlanMeasurement measurement = new PlanMeasurement(console, parts, interruption, spec.commandLine(), true);
            PassthroughPlan plan = plan(measurement);
            Path path = out.resolve(called(plan));
            if (dryRun) {
                print(plan, path);
                return ExitStatus.DONE.code();
            }
            if (!plan.full().simulated()) {
                requireSensors(parts.platform(plan.full()));
            }
            if (fresh) {
                PassthroughFolder.moveAside(path, Time.real().instant())
                        .ifPresent(aside -> console.err().println("What was there is in " + aside + " now."));
            }
            try (PassthroughFolder folder = PassthroughFolder.open(path)) {
                folder.record(plan);
                return carriedOut(plan, measurement, folder).code();
            }
        }
    }

    private static void requireSensors(Platform machine) {
        if (machine.ipmitool() instanceof Reading.Absent<String>(Absence absence)) {
            throw GpushareException.unable(
                    "the machine's sensors cannot be read: " + absence.detail(),
                    "GPUSHARE_IPMITOOL names another program that answers as ipmitool does. On a simulated machine:\n"
                            + "  gpushare passthrough --simulate h200:4");
        }
    }

    /** A simulated one says so in the name of its folder, and never goes on with one that was measured. */
    private String called(PassthroughPlan plan) {
        if (name != null) {
            return FolderNameText.checked(name, "an experiment");
        }
        return plan.full().simulated() ? "simulated-passthrough" : "passthrough";
    }

    private ExitStatus carriedOut(PassthroughPlan plan, PlanMeasurement measurement, PassthroughFolder folder)
            throws InterruptedException {
        StateRuns runs = new StateRuns(
                plan,
                parts,
                measurement,
                () -> new CardRuns(console, parts, interruption, spec.commandLine(), true)
                        .whileTheMachineIsReadBy("the samples of the whole state"),
                place::time,
                interruption);
        PassthroughExecution execution =
                new PassthroughExecution(plan, folder, runs, new PassthroughLines(console, json), Time.real());
        if (!json) {
            console.err().println(begin(plan, folder.path(), execution.done()));
        }
        PassthroughExecution.Outcome outcome = execution.run();
        Passthrough found = Passthrough.of(plan, where(plan, runs), outcome);
        PassthroughFiles.write(found, folder);
        print(found, folder);
        return outcome.interrupted() ? ExitStatus.INTERRUPTED : found.status();
    }

    private static String where(PassthroughPlan plan, StateRuns runs) {
        return runs.where().isEmpty() ? Amount.of(plan.gpus().size(), "GPU") : runs.where();
    }

    private void print(Passthrough found, PassthroughFolder folder) {
        if (json) {
            console.out().println(JsonAnswer.render(PassthroughJson.of(found)));
            return;
        }
        console.out().println();
        PlainText.fitting(PassthroughText.summary(found), console.columns(), console::painted)
                .forEach(console.out()::println);
        console.out().println();
        console.out()
                .println("Picture, report and states: "
                        + console.styled(
                                Style.COMMAND,
                                folder.path()
                                        .resolve(PassthroughFiles.NAME + ".md")
                                        .toString()));
    }

    private static String begin(PassthroughPlan plan, Path path, int done) {
        int all = plan.states().size();
        return Amount.of(all, "state") + " of " + Amount.of(plan.gpus().size(), "GPU") + ", "
                + Durations.text(plan.full().duration()) + " each"
                + (done == 0 ? "" : "; " + done + " are there already") + ". Results go to " + path + ".";
    }

    private void print(PassthroughPlan plan, Path path) {
        List<State> states = plan.states();
        if (json) {
            console.out()
                    .println(
                            JsonAnswer.render(states.stream().map(State::folder).toList()));
            return;
        }
        states.forEach(state -> console.out().println(state.folder()));
        console.out().println();
        console.out().println(begin(plan, path, 0));
        console.out()
                .println("Without what tenants need to load, that takes "
                        + Durations.about(plan.full().duration().multipliedBy(states.size())) + ". "
                        + Durations.text(plan.ramp().length()) + " of each state are left out: "
                        + plan.ramp().rule() + ".");
    }

    private PassthroughPlan plan(PlanMeasurement measurement) throws InterruptedException {
        Duration length = duration == null ? USUAL_DURATION : duration;
        PassthroughPlans plans =
                new PassthroughPlans(parts.workloads(roots.further()), workload, length, this::applyTo);
        RunPlan full = plans.full();
        // Refuses --real-time for a GPU, also where nothing is run.
        place.time(full);
        int all = OptionText.read(
                "passthrough", "--combinations", () -> (int) Numbers.within(combinations, 1, MOST_COMBINATIONS));
        PassthroughPlan plan = new PassthroughPlan(
                measurement.gpus(full, SIMULATED),
                full,
                plans.half(half),
                OptionText.read("passthrough", "--rounds", () -> (int) Numbers.within(rounds, 1, MOST_ROUNDS)),
                all,
                Ramp.of(Optional.ofNullable(ramp), length));
        if (plan.gpus().size() < 2) {
            throw GpushareException.usage(
                    "there is only one GPU: which one works needs no telling",
                    "Try it on a simulated machine with several: gpushare passthrough " + SIMULATED.getFirst());
        }
        return plan;
    }

    private void applyTo(PlanDraft draft) {
        TenantSettingText.applyTo(draft, settings);
        place.applyTo(draft);
        draft.environment(OptionText.read("passthrough", "--env", () -> PlanText.environment(environment)));
        if (seed != null) {
            draft.seed(seed);
        }
    }
}
