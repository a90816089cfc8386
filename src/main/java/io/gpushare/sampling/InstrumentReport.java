package io.gpushare.sampling;

import io.gpushare.reading.Reading;
import java.util.List;

/** The sampler's own error: what its questions cost, how late it was, what it missed, how much of a core it took. */
public record InstrumentReport(List<CallReport> calls, List<LoopReport> loops, List<RingReport> rings) {
    public InstrumentReport {
        calls = List.copyOf(calls);
        loops = List.copyOf(loops);
        rings = List.copyOf(rings);
    }

    /**
     * @param name the question, over all devices
     * @param failures answers that were errors, or exceptions; a reading that a GPU does not offer is none
     */
    public record CallReport(
            String name, long calls, long failures, long latencyP50Nanos, long latencyP99Nanos, long latencyMaxNanos) {}

    /**
     * @param due ticks whose time came: taken and missed ones
     * @param missed ticks whose time passed while an earlier one was still being taken
     * @param failed probes that ended a tick with an exception, which is a mistake of ours
     * @param cpuSharePercent of one core, on the loop's own thread
     */
    public record LoopReport(
            String name,
            long periodNanos,
            long due,
            long taken,
            long missed,
            long failed,
            long latenessP50Nanos,
            long latenessP99Nanos,
            long latenessMaxNanos,
            Reading<Double> cpuSharePercent) {}

    /** @param lost samples that the driver overwrote before they were fetched, by the gaps in their times */
    public record RingReport(String table, long samples, long lost) {}

    public long missedTicks() {
        return loops.stream().mapToLong(LoopReport::missed).sum();
    }
}
