package io.gpushare.workload.protocol;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A histogram of latencies in buckets whose borders grow by a factor of 1.005: bucket i holds the latencies above
 * 1.005^(i-1) ns and up to 1.005^i ns. A quantile is at most 0.25 % off, and histograms of several tenants and windows
 * add up exactly. Immutable.
 */
public final class LatencyCounts {
    public static final double GAMMA = 1.005;
    public static final LatencyCounts NONE = new LatencyCounts(new TreeMap<>());

    /** Sorted by bucket. */
    private final Map<Integer, Long> counts;

    private LatencyCounts(Map<Integer, Long> counts) {
        this.counts = counts;
    }

    /** @param counts by bucket; a count below 1 is refused */
    public static LatencyCounts of(Map<Integer, Long> counts) {
        counts.forEach((bucket, count) -> {
            if (count < 1) {
                throw new IllegalArgumentException("bucket " + bucket + " holds " + count);
            }
        });
        return new LatencyCounts(new TreeMap<>(counts));
    }

    /** The bucket of a latency; everything up to 1 ns is in bucket 0. */
    public static int bucketOf(long nanos) {
        return nanos <= 1 ? 0 : (int) Math.ceil(Math.log((double) nanos) / Math.log(GAMMA));
    }

    public LatencyCounts plus(LatencyCounts other) {
        Map<Integer, Long> sum = new TreeMap<>(counts);
        other.counts.forEach((bucket, count) -> sum.merge(bucket, count, Long::sum));
        return new LatencyCounts(sum);
    }

    public long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Nearest rank: the bucket that holds the ⌈q·n⌉-th smallest latency, by the value that is equally far, in relation,
     * from both its borders. Empty without latencies.
     */
    public OptionalDouble quantileNanos(double q) {
        if (!(q > 0 && q <= 1)) {
            throw new IllegalArgumentException("a quantile is above 0 and at most 1, got " + q);
        }
        long rank = (long) Math.ceil(q * count());
        long seen = 0;
        for (Map.Entry<Integer, Long> bucket : counts.entrySet()) {
            seen += bucket.getValue();
            if (seen >= rank) {
                return OptionalDouble.of(nanosOf(bucket.getKey()));
            }
        }
        return OptionalDouble.empty();
    }

    /** Of the buckets' values: at most 0.25 % off, like the quantiles. */
    public OptionalDouble meanNanos() {
        double sum = 0;
        for (Map.Entry<Integer, Long> bucket : counts.entrySet()) {
            sum += bucket.getValue() * nanosOf(bucket.getKey());
        }
        return counts.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sum / count());
    }

    /** By bucket, ascending. */
    public Map<Integer, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    private static double nanosOf(int bucket) {
        return bucket == 0 ? 1 : 2 * Math.pow(GAMMA, bucket) / (GAMMA + 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyCounts latencies && counts.equals(latencies.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
