package io.gpushare.analysis;

/**
 * Whether a percentile of latencies keeps a bound, by the early-stopping criterion of MLPerf Inference: see
 * {@link EarlyStopping}. Latencies are judged by buckets, so one that is over the bound by up to 0.5 % may count as
 * within.
 */
public sealed interface LatencyBound {
    /** Of the latencies that were seen. */
    double shareWithin();

    /** With 99 % confidence at least the percentile's share of all latencies keeps the bound. */
    record Met(double shareWithin) implements LatencyBound {}

    /** Of those seen, fewer than the percentile's share keep the bound. */
    record Broken(double shareWithin) implements LatencyBound {}

    /**
     * The share is reached, but by too few latencies to trust it.
     *
     * @param needed of latencies in all, if no more than now are over the bound. Expect more: further ones go over it
     *     too
     */
    record TooFew(double shareWithin, long needed) implements LatencyBound {}

    /**
     * @param counts at least one latency
     * @param percentile as a share: 0.99 for the 99th
     */
    static LatencyBound judge(LatencyCounts counts, double percentile, double boundMs) {
        if (!(boundMs > 0 && Double.isFinite(boundMs))) {
            throw new IllegalArgumentException("a bound is above 0 ms, got " + boundMs);
        }
        long count = counts.count();
        if (count == 0) {
            throw new IllegalArgumentException("nothing can be said of no latencies");
        }
        long over = counts.countAbove(1e6 * boundMs);
        double shareWithin = (double) (count - over) / count;
        if (shareWithin < EarlyStopping.requireShare(percentile)) {
            return new Broken(shareWithin);
        }
        long needed = EarlyStopping.minimumCount(percentile, over);
        return count >= needed ? new Met(shareWithin) : new TooFew(shareWithin, needed);
    }
}
