package io.gpushare.cli.stress;

import io.gpushare.cli.bench.BenchParts;
import io.gpushare.cli.bench.PlanMeasurement;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.cli.terminal.Style;
import io.gpushare.experiment.stress.StepReader;
import io.gpushare.experiment.stress.StressStep;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.report.text.PlainText;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.study.metric.Slo;
import io.gpushare.text.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "stress",
        header = "Find out how many tenants a GPU holds: where it breaks, and where more bring no more.",
        description = {
            "Doubles the tenants until something breaks, or the work of all together no longer rises; then halves what"
                    + " is between. Each step is a run like any other, and is kept."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare stress --simulate --mode mps               anywhere, without a GPU",
            "  gpushare stress --mode mps,time-slicing --workload resnet-infer --slo p99=10ms",
            "  gpushare stress --mode time-slicing --workload resnet-train --past-plateau",
            "  gpushare stress --mode all --workload bert-infer --workload stream --max 16",
            "",
            "Exit status: 0 answered, 1 not even one tenant worked, 2 usage, 3 this machine cannot do it,"
                    + " 4 a step or a mode could not be judged, 130 interrupted."
        })
public final class StressCommand implements Callable<Integer> {
    private static final double USUAL_TAIL = 0.99;
    private static final int NAMED_WORKLOADS = 3;

    @Mixin
    private StressPlanning planning = new StressPlanning();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "Where a folder is made for runs and summary. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("results");

    @Option(names = "--json", description = "Print the answers as JSON on stdout, and no progress.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Console console;
    private final BenchParts parts;
    private final Interruption interruption;
    private final InstantSource clock;

    public StressCommand(Console console, BenchParts parts, Interruption interruption, InstantSource clock) {
        this.console = console;
        this.parts = parts;
        this.interruption = interruption;
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("try") // a request to end waits while the hold is open
    public Integer call() throws InterruptedException {
        List<StressPlans> plans = planning.plans(parts);
        List<TenantPlan> turn = plans.getFirst().turn();
        RunPlan one = plans.getFirst().of(1);
        boolean atOnce = !planning.time(one).isReal();
        List<Slo> bounds = planning.goal().bounds(turn);
        Path folder = out.resolve(name(plans, one.simulated()));
        ResultDirectory directory = ResultDirectory.open(folder);
        try (Interruption.Hold held = interruption.hold()) {
            PlanMeasurement measurement =
                    new PlanMeasurement(console, parts, interruption, spec.commandLine(), json || atOnce);
            StressModes searched = new StressModes();
            Told told =
                    new Told(bounds.isEmpty() ? USUAL_TAIL : bounds.getFirst().percentile());
            for (StressPlans mode : plans) {
                if (searched.goesOn()) {
                    StepReader reader = new StepReader(bounds, mode.alike(), told.tail);
                    StressRun run = new StressRun(mode, reader, measurement, planning::time, directory, told);
                    searched.search(mode, run, plans.size() == 1);
                }
            }
            StressReport report = new StressReport(
                    one.simulated(), workloads(turn), told.where, bounds, searched.found(), searched.leftOut());
            print(report, folder, report.worked() ? StressFiles.write(report, folder) : List.of());
            searched.notRestored().ifPresent(StressCommand::tell);
            return status(report).code();
        } finally {
            removeIfEmpty(folder);
        }
    }

    /** A line for each step as it ends. */
    private final class Told implements StressRun.StressListener {
        private final double tail;
        private String where = "";

        Told(double tail) {
            this.tail = tail;
        }

        @Override
        public void stepped(StressPlans plans, StressStep step) {
            if (!json) {
                String line = StressLines.line(plans.words(), plans.unit(), tail, step);
                console.err().println(SafeText.of(line));
            }
        }

        @Override
        public void ranOn(String place) {
            where = place;
        }
    }

    private void print(StressReport report, Path folder, List<Path> files) {
        if (json) {
            console.out().println(JsonAnswer.render(StressJson.of(report, folder, files)));
            return;
        }
        PlainText.fitting(StressText.of(report), console.columns(), console::painted)
                .forEach(console.out()::println);
        console.out().println("Saved to " + console.styled(Style.COMMAND, folder + "/"));
    }

    private ExitStatus status(StressReport report) {
        if (report.interrupted()) {
            return ExitStatus.INTERRUPTED;
        }
        if (!report.worked()) {
            return ExitStatus.FAILED;
        }
        boolean complete = report.modes().stream().allMatch(search -> search.worked() && search.complete());
        boolean missed = !report.leftOut().isEmpty() && !planning.allModes();
        return complete && !missed ? ExitStatus.DONE : ExitStatus.PARTLY_FAILED;
    }

    private String name(List<StressPlans> plans, boolean simulated) {
        List<String> about = new ArrayList<>();
        String modes =
                plans.stream().map(mode -> mode.kind().toString()).distinct().collect(Collectors.joining("-"));
        about.add((simulated ? "simulated-" : "") + modes);
        workloads(plans.getFirst().turn()).stream().limit(NAMED_WORKLOADS).forEach(about::add);
        return ResultName.experiment("stress", about, clock.instant()).stem();
    }

    private static List<String> workloads(List<TenantPlan> turn) {
        return turn.stream().map(TenantPlan::variant).distinct().toList();
    }

    private static void tell(GpushareException notRestored) {
        throw notRestored;
    }

    /** Where nothing came about, nothing stays. */
    private static void removeIfEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isEmpty()) {
                Files.delete(folder);
            }
        } catch (IOException somebodyElses) {
            // An empty folder harms nobody.
        }
    }
}
