package io.gpushare.cli.fleet;

import io.gpushare.cli.bench.BenchParts;
import io.gpushare.cli.bench.PlanMeasurement;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.RunPlan;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.run.RunOutcome;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine;

/** Carries out a plan on every node, on several of them at the same time. */
final class FleetRuns {
    private final Console console;
    private final BenchParts parts;
    private final Interruption interruption;
    private final CommandLine typed;
    private final ResultDirectory directory;
    private final Function<String, RunPlan> plans;
    private final BiConsumer<Integer, NodeRun> told;
    private final Map<String, NodeRun> done = new TreeMap<>();
    private final AtomicReference<RuntimeException> bug = new AtomicReference<>();

    /**
     * @param plans by node
     * @param told of each that ended, and how many have; by one thread at a time
     */
    FleetRuns(
            Console console,
            BenchParts parts,
            Interruption interruption,
            CommandLine typed,
            ResultDirectory directory,
            Function<String, RunPlan> plans,
            BiConsumer<Integer, NodeRun> told) {
        this.console = console;
        this.parts = parts;
        this.interruption = interruption;
        this.typed = typed;
        this.directory = directory;
        this.plans = plans;
        this.told = told;
    }

    /** Returns those that ended, by node; not those that an interruption kept from beginning. */
    List<NodeRun> on(List<String> nodes, int atOnce) throws InterruptedException {
        ConcurrentLinkedQueue<String> waiting = new ConcurrentLinkedQueue<>(nodes);
        List<Task> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(atOnce, nodes.size()); i++) {
            workers.add(Time.real().start("fleet " + i, () -> work(waiting)));
        }
        for (Task worker : workers) {
            worker.join();
        }
        RuntimeException thrown = bug.get();
        if (thrown != null) {
            throw thrown;
        }
        synchronized (this) {
            return List.copyOf(done.values());
        }
    }

    private void work(ConcurrentLinkedQueue<String> waiting) {
        try {
            for (String node = waiting.poll(); node != null && bug.get() == null; node = waiting.poll()) {
                if (interruption.requestedWithin(0)) {
                    return;
                }
                tell(run(node));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            bug.compareAndSet(null, failure);
        }
    }

    private NodeRun run(String node) throws InterruptedException {
        PlanMeasurement measurement =
                new PlanMeasurement(console, parts, interruption, typed, true).withNotesOf(node + ": ");
        try {
            List<RunResult> results =
                    measurement.measure("", plans.apply(node), Time.real(), directory, List.of()).outcomes().stream()
                            .map(RunOutcome::result)
                            .toList();
            return new NodeRun.Measured(
                    node,
                    results.getLast(),
                    results.stream().allMatch(result -> result.verdict().valid()));
        } catch (GpushareException failure) {
            return new NodeRun.Failed(node, failure.sentence());
        }
    }

    private synchronized void tell(NodeRun run) {
        done.put(run.node(), run);
        told.accept(done.size(), run);
    }
}
