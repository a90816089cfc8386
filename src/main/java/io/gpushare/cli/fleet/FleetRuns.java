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
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import picocli.CommandLine;

/** Carries out the plans of nodes, on several of them at the same time. */
final class FleetRuns {
    private final Console console;
    private final BenchParts parts;
    private final Interruption interruption;
    private final CommandLine typed;
    private final ResultDirectory directory;
    private final BiConsumer<Integer, NodeRun> told;
    private final Map<String, NodeRun> done = new TreeMap<>();
    private final AtomicReference<RuntimeException> bug = new AtomicReference<>();

    /** @param told of each that ended, and how many have; by one thread at a time */
    FleetRuns(
            Console console,
            BenchParts parts,
            Interruption interruption,
            CommandLine typed,
            ResultDirectory directory,
            BiConsumer<Integer, NodeRun> told) {
        this.console = console;
        this.parts = parts;
        this.interruption = interruption;
        this.typed = typed;
        this.directory = directory;
        this.told = told;
    }

    /**
     * @param plans by node
     * @return those that ended, by node; not those that an interruption kept from beginning
     */
    List<NodeRun> of(Map<String, RunPlan> plans, int atOnce) throws InterruptedException {
        Queue<Map.Entry<String, RunPlan>> waiting = new ConcurrentLinkedQueue<>(plans.entrySet());
        List<Task> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(atOnce, plans.size()); i++) {
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

    private void work(Queue<Map.Entry<String, RunPlan>> waiting) {
        try {
            for (Map.Entry<String, RunPlan> next = waiting.poll();
                    next != null && bug.get() == null;
                    next = waiting.poll()) {
                if (interruption.requestedWithin(0)) {
                    return;
                }
                tell(run(next.getKey(), next.getValue()));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            bug.compareAndSet(null, failure);
        }
    }

    private NodeRun run(String node, RunPlan plan) throws InterruptedException {
        PlanMeasurement measurement =
                new PlanMeasurement(console, parts, interruption, typed, true).withNotesOf(node + ": ");
        try {
            List<RunResult> results =
                    measurement.measure("", plan, Time.real(), directory, List.of()).outcomes().stream()
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
