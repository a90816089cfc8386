package io.gpushare.runtime.sim;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.sim.event.StepListener;
import io.gpushare.workload.protocol.WorkedWindow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Puts steps together to windows. Steps come from the simulation's thread; {@link #rest} is called when no more will
 * come. A window is handed on as soon as it is full.
 */
final class Windows implements StepListener {
    private static final long WINDOW_NANOS = 1_000_000_000;

    /** Of a latency of almost three hours; longer ones count there too. */
    private static final int LARGEST_BUCKET = 6_000;

    private final double unitsPerStep;
    private final boolean interactive;
    private final CoreLoopModel loops;
    private final Consumer<Window> full;
    private final int[] latencies = new int[LARGEST_BUCKET + 1];
    private LatencyCounts all = LatencyCounts.NONE;
    private int index;
    private long from;
    private long until;
    private long steps;
    private long active;
    private long totalSteps;
    private long totalActive;

    record Window(WorkedWindow worked, OptionalLong activeNanos, List<Long> loops) {}

    Windows(double unitsPerStep, boolean interactive, CoreLoopModel loops, Consumer<Window> full) {
        this.unitsPerStep = unitsPerStep;
        this.interactive = interactive;
        this.loops = loops;
        this.full = full;
    }

    @Override
    public synchronized void stepDone(long beganNanos, long endedNanos) {
        long took = endedNanos - beganNanos;
        latencies[Math.min(LARGEST_BUCKET, LatencyCounts.bucketOf(took))]++;
        steps++;
        active += took;
        until = endedNanos;
        loops.stepEnded(endedNanos);
        if (until - from >= WINDOW_NANOS) {
            full.accept(close());
        }
    }

    /** The window that was cut short, if a step ended in it. */
    synchronized Optional<Window> rest() {
        return steps == 0 ? Optional.empty() : Optional.of(close());
    }

    synchronized long totalSteps() {
        return totalSteps;
    }

    synchronized double totalUnits() {
        return totalSteps * unitsPerStep;
    }

    synchronized long totalActiveNanos() {
        return totalActive;
    }

    /** From the start instant to the end of the last step. */
    synchronized long elapsedNanos() {
        return until;
    }

    synchronized LatencyCounts latencies() {
        return all;
    }

    private Window close() {
        Map<Integer, Long> counts = new TreeMap<>();
        for (int bucket = 0; bucket < latencies.length; bucket++) {
            if (latencies[bucket] > 0) {
                counts.put(bucket, (long) latencies[bucket]);
                latencies[bucket] = 0;
            }
        }
        Window window = new Window(
                new WorkedWindow(index++, from, until, steps * unitsPerStep, steps, counts),
                interactive ? OptionalLong.of(active) : OptionalLong.empty(),
                loops.take());
        all = all.plus(LatencyCounts.of(counts));
        totalSteps += steps;
        totalActive += active;
        from = until;
        steps = 0;
        active = 0;
        return window;
    }
}
