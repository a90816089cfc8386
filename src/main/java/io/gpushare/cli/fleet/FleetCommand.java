package io.gpushare.cli.fleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cli.bench.BenchParts;
import io.gpushare.cli.option.WorkloadRoots;
import io.gpushare.cli.results.FolderAnalysis;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.cli.terminal.Style;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.KubernetesWishes;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.PlanYaml;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.RuntimeChoice;
import io.gpushare.plan.SlurmWishes;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.runtime.ChosenNodes;
import io.gpushare.text.Amount;
import io.gpushare.text.SafeText;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "fleet",
        header = "Run one plan on every node of a cluster at once, and find the odd one.",
        description = {
            "Each node runs the whole plan by itself, as a run of its own. What failed is told node by node, the rest"
                    + " goes on; the results are analysed together: which card is slower than the others?"
        },
        footer = {
            "",
            "Examples:",
            "  gpushare bench --runtime slurm --slurm gres=gpu:1 --workload resnet-infer:2 --dry-run > plan.yaml",
            "  gpushare fleet plan.yaml                         every node of the partition",
            "  gpushare fleet plan.yaml --nodes 'n[1-16]'       these",
            "  gpushare fleet plan.yaml --nodes a100            those with that feature",
            "  gpushare fleet plan.yaml --nodes pool=t4         in Kubernetes: those with that label",
            "",
            "Exit status: 0 all valid, 1 nothing was measured, 2 usage, 3 no cluster, 4 some nodes failed or are"
                    + " INVALID, 130 interrupted."
        })
public final class FleetCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PLAN", description = "What each node runs: a plan as `bench --dry-run` prints it.")
    private Path planFile = Path.of("plan.yaml");

    @Option(
            names = "--nodes",
            paramLabel = "all|LIST|LABEL",
            defaultValue = "all",
            description = "Which nodes: names, a feature of Slurm's, or LABEL=VALUE of Kubernetes. Default:"
                    + " ${DEFAULT-VALUE} of the plan's partition or selector.")
    private String nodes = "all";

    @Option(
            names = "--at-once",
            paramLabel = "N",
            defaultValue = "100",
            description = "Nodes that are measured at the same time. Default: ${DEFAULT-VALUE}.")
    private int atOnce = 100;

    @Mixin
    private WorkloadRoots roots = new WorkloadRoots();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "Where a folder is made for the results. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("results");

    @Option(names = "--json", description = "Print the answer as JSON on stdout, and no progress.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Console console;
    private final BenchParts parts;
    private final Interruption interruption;
    private final NodeChoice choice;

    /** Which nodes of the cluster are meant. */
    @FunctionalInterface
    public interface NodeChoice {
        /** @param plan that runs on nodes of Slurm or Kubernetes */
        ChosenNodes choose(RunPlan plan, String wanted) throws InterruptedException;
    }

    public FleetCommand(Console console, BenchParts parts, Interruption interruption, NodeChoice choice) {
        this.console = console;
        this.parts = parts;
        this.interruption = interruption;
        this.choice = choice;
    }

    @Override
    @SuppressWarnings("try") // a request to end waits while the hold is open
    public Integer call() throws InterruptedException {
        if (atOnce < 1) {
            throw GpushareException.usage("--at-once is 1 or more, and is " + atOnce, "Leave it out for 100.");
        }
        PlanDraft draft = PlanYaml.read(planFile, parts.workloads(roots.further()));
        RunPlan plan = onOneNode(draft);
        ChosenNodes chosen = choice.choose(plan, nodes);
        if (chosen.names().isEmpty()) {
            throw GpushareException.unable("no node can take the plan: " + reasons(chosen), null);
        }
        // Before the first run starts: a mistake is told then, and whoever edits the file meanwhile changes nothing.
        Map<String, RunPlan> plans = new LinkedHashMap<>();
        chosen.names().forEach(node -> plans.put(node, on(node, draft)));
        ResultDirectory directory = ResultDirectory.open(out.resolve(ResultName.experiment(
                        "fleet",
                        List.of(plan.mode().kind().toString()),
                        Time.real().instant())
                .stem()));
        try (Interruption.Hold held = interruption.hold()) {
            say("Running the plan on " + Amount.of(chosen.names().size(), "node") + ". Results go to "
                    + directory.path() + ".");
            FleetRuns runs = new FleetRuns(
                    console,
                    parts,
                    interruption,
                    spec.commandLine(),
                    directory,
                    (done, run) -> ended(done, chosen.names().size(), run));
            List<NodeRun> ended = runs.of(plans, atOnce);
            FleetReport report = new FleetReport(directory.path(), ended, chosen.leftOut());
            print(report);
            return status(report).code();
        } finally {
            directory.deleteIfEmpty();
        }
    }

    private static String reasons(ChosenNodes chosen) {
        return chosen.leftOut().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .reduce((one, other) -> one + "; " + other)
                .orElse("the cluster has none");
    }

    private static RunPlan onOneNode(PlanDraft draft) {
        RunPlan plan = draft.plan();
        if (!plan.runtime().elsewhere()) {
            throw GpushareException.usage(
                    "a fleet is made of nodes that Slurm or Kubernetes gives, and this plan runs elsewhere",
                    "Make it with `gpushare bench --runtime slurm … --dry-run`, or with --runtime kubernetes.");
        }
        if (plan.slurm().nodes() > 1) {
            throw GpushareException.usage(
                    "each node runs the whole plan by itself, and this one asks for "
                            + plan.slurm().nodes() + " nodes",
                    "Leave out nodes in its slurm section.");
        }
        return plan;
    }

    /** @param draft in which the node takes the place of the one before it */
    private static RunPlan on(String node, PlanDraft draft) {
        if (draft.plan().runtime() == RuntimeChoice.SLURM) {
            draft.slurm(new SlurmWishes(new TreeMap<>(Map.of("nodelist", node))));
        } else {
            draft.kubernetes(KubernetesWishes.placed("node=" + node));
        }
        return draft.plan();
    }

    private void ended(int done, int all, NodeRun run) {
        String verdict = console.styledForErr(run.good() ? Style.GOOD : Style.BAD, FleetReport.verdict(run));
        String work = FleetReport.work(run);
        say(done + " of " + all + "  " + SafeText.of(run.node()) + "  " + (work.isEmpty() ? "" : work + "  ")
                + verdict);
    }

    private void say(String line) {
        if (!json) {
            console.err().println(line);
        }
    }

    private void print(FleetReport report) {
        Optional<FolderAnalysis> analysis = FolderAnalysis.of(report.folder(), List.of(), Time.real());
        if (json) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.set("fleet", report.json());
            analysis.ifPresentOrElse(done -> answer.set("analysis", done.json()), () -> answer.putNull("analysis"));
            console.out().println(JsonAnswer.render(answer));
            return;
        }
        analysis.ifPresent(done -> done.print(console));
        console.out().println();
        report.table().lines(console.columns()).forEach(console.out()::println);
    }

    private ExitStatus status(FleetReport report) throws InterruptedException {
        if (interruption.requestedWithin(0)) {
            return ExitStatus.INTERRUPTED;
        }
        if (!report.anyMeasured()) {
            return ExitStatus.FAILED;
        }
        return report.allGood() ? ExitStatus.DONE : ExitStatus.PARTLY_FAILED;
    }
}
