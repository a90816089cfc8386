package io.gpushare.sampling;

import io.gpushare.platform.SensorSource;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks slow sources one after another, on a daemon thread of its own: nothing else waits for them. It rests for as long
 * as they took, and for two seconds from question to question at least, since the kernel keeps a core busy while a
 * baseboard answers.
 */
final class SensorThread {
    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(2);

    private final List<SensorProbe> probes;
    private final SamplingContext context;
    private @Nullable Task thread;

    private SensorThread(SamplingContext context, List<SensorProbe> probes) {
        this.context = context;
        this.probes = List.copyOf(probes);
    }

    static List<SensorThread> ofEachDoor(SamplingContext context, List<SensorSource> sources) {
        Map<String, List<SensorProbe>> doors = new LinkedHashMap<>();
        sources.forEach(source ->
                doors.computeIfAbsent(source.door(), _ -> new ArrayList<>()).add(new SensorProbe(context, source)));
        return doors.values().stream()
                .map(probes -> new SensorThread(context, probes))
                .toList();
    }

    void start() {
        thread = context.clocks().start("gpushare-sampling-sensors", this::run);
    }

    private void run() {
        Time time = context.clocks();
        try {
            while (probes.stream().anyMatch(probe -> !probe.over())) {
                long began = time.nanos();
                for (SensorProbe probe : probes) {
                    if (!probe.over() && !Thread.currentThread().isInterrupted()) {
                        attempt(probe);
                    }
                }
                long ended = time.nanos();
                time.sleepUntil(Math.max(began + SHORTEST_PERIOD.toNanos(), ended + ended - began));
            }
        } catch (InterruptedException _) {
            // The way to end it.
        }
    }

    private void attempt(SensorProbe probe) {
        try {
            probe.take();
        } catch (RuntimeException | Error thrown) {
            // A probe may fail; the others may not.
            context.broadcast().warned(probe.getClass().getSimpleName() + " failed: " + thrown);
        }
    }

    /** What it asks at that moment is given up. */
    void interrupt() {
        Task ending = thread;
        if (ending != null) {
            ending.interrupt();
        }
    }

    /** @return whether it is at work no more */
    boolean join(Duration patience) {
        Task ending = thread;
        return ending == null || ending.endsWithin(patience);
    }
}
