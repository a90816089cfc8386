package io.gpushare.sampling.summary;

import io.gpushare.reading.Reading;

/**
 * A GPU's energy between two borders, both ways.
 *
 * @param startNanos when the GPU's counter was read at the first border, since sampling began
 * @param counterJoules by the GPU's own counter: the truth where there is one
 * @param integral of power samples, between the same two instants
 * @param disagreementPercent of the integral, spread over what it does not cover, against the counter
 * @param disagrees by more than 5 %, in a phase long enough (4 s) that the counter's steps of 100 ms cannot explain it
 */
public record PhaseEnergy(
        String phase,
        long startNanos,
        long endNanos,
        Reading<Double> counterJoules,
        Reading<Integral> integral,
        Reading<Double> disagreementPercent,
        boolean disagrees) {

    /**
     * @param joules of the covered time only
     * @param coveragePercent of the phase in which neighbouring samples were close enough to be joined
     */
    public record Integral(PowerSource source, double joules, double coveragePercent) {}

    public enum PowerSource {
        /** The driver's own record, a sample every 20 ms on an H200. */
        RECORDED,
        /** What was asked at the sampling interval, for want of a record. */
        POLLED
    }

    public double seconds() {
        return (endNanos - startNanos) / 1e9;
    }
}
