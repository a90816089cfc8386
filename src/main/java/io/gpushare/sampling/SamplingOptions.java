package io.gpushare.sampling;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How to sample.
 *
 * @param interval of the cheap readings, 1 ms to 1 s; everything dearer is read once a second
 * @param host whether to sample the machine as well
 * @param processes process ids to watch on the host
 * @param controlGroups directories of cgroups to watch, version 2 or 1
 * @param simulated whether the GPUs are, which the file then says
 */
public record SamplingOptions(
        Duration interval, boolean host, List<Integer> processes, List<Path> controlGroups, boolean simulated) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    public static final SamplingOptions DEFAULT =
            new SamplingOptions(Duration.ofMillis(100), true, List.of(), List.of(), false);

    public SamplingOptions {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the sampling interval must be 1 ms to 1 s, got " + interval.toNanos() / 1e6 + " ms");
        }
        processes = List.copyOf(processes);
        controlGroups = List.copyOf(controlGroups);
    }

    public SamplingOptions every(Duration newInterval) {
        return new SamplingOptions(newInterval, host, processes, controlGroups, simulated);
    }

    public SamplingOptions withoutHost() {
        return new SamplingOptions(interval, false, processes, controlGroups, simulated);
    }

    public SamplingOptions watching(List<Integer> pids, List<Path> groups) {
        return new SamplingOptions(interval, host, pids, groups, simulated);
    }

    public SamplingOptions ofSimulatedGpus(boolean are) {
        return new SamplingOptions(interval, host, processes, controlGroups, are);
    }
}
