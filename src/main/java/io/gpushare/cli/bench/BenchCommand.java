package io.gpushare.cli.bench;

import io.gpushare.cli.bench.PlanMeasurement.Measured;
import io.gpushare.cli.option.ModeSettingOptions;
import io.gpushare.cli.option.WorkloadRoots;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.cores.OwnCores;
import io.gpushare.cores.Pin;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.PlanJson;
import io.gpushare.plan.PlanYaml;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.RuntimeChoice;
import io.gpushare.plan.WorkloadSource;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.run.RunOutcome;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        header = "Run tenants side by side on a GPU, measure them, judge, and write it down.",
        description = {
            "Measures each workload alone, then starts all tenants at one instant and measures them together. Only the"
                    + " time in which every tenant works counts. Ctrl-C stops the tenants and saves."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare bench --workloads 4                        a mix of three kinds",
            "  gpushare bench --simulate --mode mps --workloads 4  anywhere, without a GPU",
            "  gpushare bench --mode mps --tenant 'python train.py' --measure tqdm --workloads 2",
            "  gpushare bench --mode mps --workload bert-infer --workload stream --priority stream=low",
            "  gpushare bench --mode mig --profiles 3g.71gb,1g.18gb:4 --workloads 5",
            "  gpushare bench --gpu none --workload spin:2         a smoke test on the CPU",
            "  gpushare bench --simulate --mode mig --dry-run > plan.yaml",
            "",
            "Exit status: 0 valid, 1 failed or INVALID, 2 usage, 3 unable, 4 some GPUs failed, 130 interrupted."
        })
public final class BenchCommand implements Callable<Integer> {
    @Mixin
    private BenchTenantOptions tenants = new BenchTenantOptions();

    @Mixin
    private BenchSharingOptions sharing = new BenchSharingOptions();

    @Mixin
    private ModeSettingOptions modeSettings = new ModeSettingOptions();

    @Mixin
    private BenchMeasureOptions measuring = new BenchMeasureOptions();

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "Take the plan from this YAML file; options come before it.")
    private @Nullable Path planFile;

    @Mixin
    private WorkloadRoots roots = new WorkloadRoots();

    @Option(names = "--dry-run", description = "Run nothing: print the plan as YAML that --plan takes.")
    private boolean dryRun;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "Where results are written. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("results");

    @Option(names = "--json", description = "Print the result as JSON on stdout, and no progress.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Console console;
    private final BenchParts parts;
    private final Interruption interruption;

    public BenchCommand(Console console, BenchParts parts, Interruption interruption) {
        this.console = console;
        this.parts = parts;
        this.interruption = interruption;
    }

    @Override
    @SuppressWarnings("try") // a request to end waits while the hold is open
    public Integer call() throws InterruptedException {
        RunPlan plan = plan();
        Time time = sharing.time(plan);
        if (dryRun) {
            plan.warnings().forEach(warning -> console.err().println("warning: " + warning));
            printCores(plan);
            console.out().print(json ? JsonAnswer.render(PlanJson.of(plan)) + "\n" : PlanYaml.write(plan));
            return ExitStatus.DONE.code();
        }
        ResultDirectory directory = ResultDirectory.open(out);
        if (plan.gpu().several()) {
            return onSeveral(plan, time, directory).code();
        }
        try (Interruption.Hold held = interruption.hold()) {
            PlanMeasurement measurement = new PlanMeasurement(console, parts, interruption, spec.commandLine(), json);
            Measured measured = measurement.measure("", plan, time, directory, simulatedBy(plan));
            print(measured);
            measured.outcomes().stream()
                    .flatMap(outcome -> outcome.notRestored().stream())
                    .findFirst()
                    .ifPresent(BenchCommand::tell);
            return status(measured.outcomes()).code();
        }
    }

    @SuppressWarnings("try") // a request to end waits while the hold is open
    private ExitStatus onSeveral(RunPlan plan, Time time, ResultDirectory directory) throws InterruptedException {
        try (Interruption.Hold held = interruption.hold()) {
            CardRuns runs = new CardRuns(console, parts, interruption, spec.commandLine(), json);
            List<CardRun> ended = runs.of(plan, time, directory, simulatedBy(plan));
            CardsReport report = new CardsReport(console, plan, ended);
            if (json) {
                console.out().println(JsonAnswer.render(report.json()));
            } else {
                report.print();
            }
            ended.stream()
                    .flatMap(run -> run.notRestored().stream())
                    .findFirst()
                    .ifPresent(BenchCommand::tell);
            return report.status();
        } catch (GpushareException failure) {
            throw parts.needsRoot().told(failure, spec.commandLine());
        }
    }

    /** Which GPU it will be is not asked for that, nor where its tenants will run. */
    private void printCores(RunPlan plan) {
        if (plan.simulated() || plan.pin() instanceof Pin.None) {
            return;
        }
        parts.cores().asOptional().ifPresent(host -> {
            OwnCores cores =
                    OwnCores.of(plan.pin(), host, Set.of(), plan.tenants().size());
            cores.doubts().forEach(doubt -> console.err().println("warning: " + doubt));
            console.err().println("CPUs here, those near the GPU first once it is known: " + cores.words());
        });
    }

    private RunPlan plan() {
        WorkloadSource workloads = parts.workloads(roots.further());
        PlanDraft draft = planFile == null ? new PlanDraft(workloads) : PlanYaml.read(planFile, workloads);
        tenants.applyTo(draft);
        sharing.applyTo(draft, parts.modes(), modeSettings);
        measuring.applyTo(draft);
        RunPlan plan = draft.plan();
        plan.requireServersHere();
        return plan;
    }

    /** A plan file may choose a runtime, of which a simulated GPU knows nothing. */
    private List<String> simulatedBy(RunPlan plan) {
        boolean inPlanFile = planFile != null && plan.runtime() != RuntimeChoice.AUTO;
        return inPlanFile ? List.of("--simulate", "--runtime=auto") : List.of("--simulate");
    }

    private void print(Measured measured) {
        if (json) {
            console.out().println(JsonAnswer.render(BenchAnswer.of(measured.outcomes())));
            return;
        }
        new BenchReport(console, measured.where(), console.columns()).print(measured.outcomes());
    }

    private static void tell(GpushareException notRestored) {
        throw notRestored;
    }

    private static ExitStatus status(List<RunOutcome> outcomes) {
        List<Verdict> verdicts =
                outcomes.stream().map(outcome -> outcome.result().verdict()).toList();
        boolean interrupted = verdicts.stream()
                .flatMap(verdict -> verdict.findings().stream())
                .anyMatch(finding -> finding.reason() == Reason.INTERRUPTED);
        if (interrupted) {
            return ExitStatus.INTERRUPTED;
        }
        boolean valid = !verdicts.isEmpty() && verdicts.stream().allMatch(Verdict::valid);
        return valid ? ExitStatus.DONE : ExitStatus.FAILED;
    }
}
