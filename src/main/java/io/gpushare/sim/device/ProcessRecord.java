package io.gpushare.sim.device;

import io.gpushare.gpu.ProcessUtilization;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How busy each process was in the last whole second. */
record ProcessRecord(long nanos, Map<Integer, Double> workBefore, List<ProcessUtilization> samples) {
    private static final long PERIOD_NANOS = 1_000_000_000;

    ProcessRecord {
        workBefore = Map.copyOf(workBefore);
        samples = List.copyOf(samples);
    }

    /**
     * @param nanos that its kernels would have taken alone, since it began
     * @param dramPercent while a kernel of it runs alone
     */
    record Work(int pid, double nanos, double dramPercent) {}

    static ProcessRecord none() {
        return new ProcessRecord(0, Map.of(), List.of());
    }

    boolean due(long now) {
        return now - nanos >= PERIOD_NANOS;
    }

    ProcessRecord next(long now, long unixMicros, List<Work> work) {
        return new ProcessRecord(
                now,
                work.stream().collect(Collectors.toMap(Work::pid, Work::nanos)),
                work.stream().map(one -> sample(one, now, unixMicros)).toList());
    }

    private ProcessUtilization sample(Work work, long now, long unixMicros) {
        double share = Math.min(1, (work.nanos() - workBefore.getOrDefault(work.pid(), 0.0)) / (now - nanos));
        return new ProcessUtilization(
                work.pid(), unixMicros, (int) Math.round(100 * share), (int) Math.round(work.dramPercent() * share));
    }
}
