package io.gpushare.cli.bench;

import io.gpushare.cli.option.ModeSettingOptions;
import io.gpushare.cli.option.NeedsRoot;
import io.gpushare.cli.option.NoGpuException;
import io.gpushare.cli.option.ShellWords;
import io.gpushare.cli.option.WorkloadRoots;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.cores.OwnCores;
import io.gpushare.cores.Pin;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.transaction.NotPermittedException;
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
import io.gpushare.run.stage.Bench;
import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.ArrayList;
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
            "  gpushare bench --workload bert-infer:3 --set bert-infer.batch=16",
            "  gpushare bench --mode mps --workload bert-infer --workload stream --priority stream=low",
            "  gpushare bench --mode mig --profiles 3g.71gb,1g.18gb:4 --workloads 5",
            "  gpushare bench --gpu none --workload spin:2         a smoke test on the CPU",
            "  gpushare bench --simulate --mode mig --dry-run > plan.yaml",
            "  gpushare bench --plan plan.yaml --repeat 5",
            "",
            "Exit status: 0 done and valid, 1 failed or INVALID, 2 usage, 3 this machine cannot do it, 130 interrupted."
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
        try (Interruption.Hold held = interruption.hold();
                BenchPlace place = open(plan, time)) {
            List<RunOutcome> outcomes = measure(plan, time, place, directory);
            print(plan, place, outcomes);
            outcomes.stream()
                    .flatMap(outcome -> outcome.notRestored().stream())
                    .findFirst()
                    .ifPresent(BenchCommand::tell);
            return status(outcomes).code();
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
        return draft.plan();
    }

    private BenchPlace open(RunPlan plan, Time time) throws InterruptedException {
        try {
            return parts.open(plan, time, console.err()::println);
        } catch (NoGpuException failure) {
            String before = failure.advice().map(advice -> advice + "\n").orElse("");
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    failure.sentence(),
                    before + "The same on a simulated GPU:\n  " + simulating(plan),
                    failure);
        }
    }

    /** The command that was typed, without options that a simulated GPU has no use for. */
    private String simulating(RunPlan plan) {
        List<String> more = new ArrayList<>(List.of("--simulate"));
        boolean inPlanFile = planFile != null && plan.runtime() != RuntimeChoice.AUTO;
        if (inPlanFile) {
            more.add("--runtime=auto");
        }
        return ShellWords.join("gpushare", spec.commandLine(), BenchSharingOptions.OF_REAL_GPUS, more);
    }

    private List<RunOutcome> measure(RunPlan plan, Time time, BenchPlace place, ResultDirectory directory)
            throws InterruptedException {
        try (BenchView view = BenchView.of(console, time, title(plan, place), json)) {
            interruption.onRequest(() -> view.noted("Ending: stopping the tenants, then saving what was measured …"));
            return parts.execute(
                    plan,
                    new Bench(
                            time,
                            place.gpu(),
                            place.versions(),
                            place.driver(),
                            place.runtime(),
                            place.modes(),
                            directory,
                            interruption,
                            view));
        } catch (NotPermittedException refused) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    refused.sentence(),
                    "As root:\n  " + new NeedsRoot(false, System.getenv()).sudoLine(spec.commandLine()),
                    refused);
        }
    }

    private static String title(RunPlan plan, BenchPlace place) {
        return (plan.simulated() ? "SIMULATED  " : "") + plan.mode().kind() + " · "
                + Amount.of(plan.tenants().size(), "tenant") + " · " + place.gpuWords(plan.simulated());
    }

    private void print(RunPlan plan, BenchPlace place, List<RunOutcome> outcomes) {
        if (json) {
            console.out().println(JsonAnswer.render(BenchAnswer.of(outcomes)));
            return;
        }
        String runtime = plan.simulated() ? "" : place.runtime().kind() + " · ";
        String where = place.gpuWords(plan.simulated()) + " · " + runtime + Durations.text(plan.duration());
        new BenchReport(console, where, console.columns()).print(outcomes);
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
