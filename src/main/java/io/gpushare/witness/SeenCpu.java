package io.gpushare.witness;

import io.gpushare.analysis.CoreLoops;
import io.gpushare.reading.Reading;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What was seen of a processor while a host was watched.
 *
 * @param loopNanos in order; empty where no thread of ours could run there
 * @param usedPercent by programs, ours among them, which take 0.3 %
 * @param stolenPercent by the hypervisor
 * @param leastMegahertz and {@code mostMegahertz}: by the kernel's word, which in a virtual machine may be a fixed
 *     number
 */
public record SeenCpu(
        int cpu,
        List<Long> loopNanos,
        Reading<Double> usedPercent,
        Reading<Double> stolenPercent,
        OptionalDouble leastMegahertz,
        OptionalDouble mostMegahertz) {
    public SeenCpu {
        loopNanos = List.copyOf(loopNanos);
    }

    /** As a tenant would have timed them. */
    public CoreLoops loops() {
        return new CoreLoops(OptionalInt.of(cpu), loopNanos, true);
    }
}
