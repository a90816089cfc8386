package io.gpushare.load.account;

import io.gpushare.analysis.Estimate;
import io.gpushare.analysis.LatencyCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The measurement in equal parts, however long it is: what rates and percentiles know of their error. */
final class MeasuredWindows {
    private static final int PARTS = 30;

    private final long fromNanos;
    private final long partNanos;
    private final double[] completed = new double[PARTS];
    private final double[] tokens = new double[PARTS];
    private final List<LatencyBuckets> latencies = new ArrayList<>();

    MeasuredWindows(long fromNanos, long toNanos) {
        this.fromNanos = fromNanos;
        this.partNanos = Math.max(1, (toNanos - fromNanos) / PARTS);
        for (int i = 0; i < PARTS; i++) {
            latencies.add(new LatencyBuckets());
        }
    }

    /** An answer that ended then. */
    void completed(long nanos) {
        completed[part(nanos)]++;
    }

    void token(long nanos) {
        tokens[part(nanos)]++;
    }

    /** A request that was meant to be sent then. */
    void latency(long intendedNanos, long nanos) {
        latencies.get(part(intendedNanos)).add(nanos);
    }

    private int part(long nanos) {
        return Math.clamp((nanos - fromNanos) / partNanos, 0, PARTS - 1);
    }

    /** Of those parts that are over by then, in what a second brings. */
    Optional<Estimate> completedPerSecond(long endNanos) {
        return perSecond(completed, endNanos);
    }

    Optional<Estimate> tokensPerSecond(long endNanos) {
        return perSecond(tokens, endNanos);
    }

    private Optional<Estimate> perSecond(double[] counts, long endNanos) {
        int whole = whole(endNanos);
        double[] seconds = new double[whole];
        Arrays.fill(seconds, partNanos / 1e9);
        return Estimate.ofRatio(Arrays.copyOf(counts, whole), seconds);
    }

    List<LatencyCounts> latencies(long endNanos) {
        return latencies.stream()
                .limit(whole(endNanos))
                .map(LatencyBuckets::counts)
                .toList();
    }

    private int whole(long endNanos) {
        return Math.clamp((endNanos - fromNanos) / partNanos, 0, PARTS);
    }
}
