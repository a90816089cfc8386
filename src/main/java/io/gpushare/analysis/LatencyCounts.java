package io.gpushare.analysis;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
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
    public static final LatencyCounts NONE = new LatencyCounts(new int[0], new long[0]);

    private static final double NANOS_PER_MS = 1e6;

    /** Of the longest latency that a long can hold, 292 years. */
    public static final int LAST_BUCKET = bucketOf(Long.MAX_VALUE);

    /** Strictly ascending; {@code counts} beside it. */
    private final int[] buckets;

    private final long[] counts;

    private LatencyCounts(int[] buckets, long[] counts) {
        this.buckets = buckets;
        this.counts = counts;
    }

    /** @param counts by bucket; a count below 1 is refused */
    public static LatencyCounts of(Map<Integer, Long> counts) {
        int[] buckets = new int[counts.size()];
        long[] values = new long[counts.size()];
        int size = 0;
        for (Map.Entry<Integer, Long> entry : new TreeMap<>(counts).entrySet()) {
            if (entry.getValue() < 1) {
                throw new IllegalArgumentException("bucket " + entry.getKey() + " holds " + entry.getValue());
            }
            buckets[size] = entry.getKey();
            values[size++] = entry.getValue();
        }
        return new LatencyCounts(buckets, values);
    }

    /** Takes the arrays as its own: buckets strictly ascending, counts above 0. */
    public static LatencyCounts ofAscending(int[] buckets, long[] counts) {
        return buckets.length == 0 ? NONE : new LatencyCounts(buckets, counts);
    }

    /** The bucket of a latency; everything up to 1 ns is in bucket 0. */
    public static int bucketOf(long nanos) {
        return nanos <= 1 ? 0 : (int) Math.ceil(Math.log((double) nanos) / Math.log(GAMMA));
    }

    public LatencyCounts plus(LatencyCounts other) {
        int[] sumBuckets = new int[buckets.length + other.buckets.length];
        long[] sumCounts = new long[sumBuckets.length];
        int size = 0;
        int left = 0;
        int right = 0;
        while (left < buckets.length || right < other.buckets.length) {
            int leftBucket = left < buckets.length ? buckets[left] : Integer.MAX_VALUE;
            int rightBucket = right < other.buckets.length ? other.buckets[right] : Integer.MAX_VALUE;
            sumBuckets[size] = Math.min(leftBucket, rightBucket);
            long sum = leftBucket <= rightBucket ? counts[left++] : 0;
            sumCounts[size++] = rightBucket <= leftBucket ? sum + other.counts[right++] : sum;
        }
        return new LatencyCounts(Arrays.copyOf(sumBuckets, size), Arrays.copyOf(sumCounts, size));
    }

    public long count() {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /**
     * Latencies in buckets wholly above the bound. The bucket that holds it counts as not above, so a latency over the
     * bound by up to 0.5 % may be missing; none that keeps it is counted.
     */
    public long countAbove(double nanos) {
        if (!(nanos >= 0)) {
            throw new IllegalArgumentException("a latency is at least 0 ns, got " + nanos);
        }
        // Latencies are whole nanoseconds, so the whole part of the bound falls into its bucket by the same rounding as
        // theirs.
        int bound = bucketOf((long) nanos);
        long sum = 0;
        for (int i = buckets.length - 1; i >= 0 && buckets[i] > bound; i--) {
            sum += counts[i];
        }
        return sum;
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
        for (int i = 0; i < buckets.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return OptionalDouble.of(nanosOf(buckets[i]));
            }
        }
        return OptionalDouble.empty();
    }

    /** The same in milliseconds. */
    public OptionalDouble quantileMs(double q) {
        OptionalDouble nanos = quantileNanos(q);
        return nanos.isPresent() ? OptionalDouble.of(nanos.getAsDouble() / NANOS_PER_MS) : nanos;
    }

    /** Of the buckets' values: at most 0.25 % off, like the quantiles. */
    public OptionalDouble meanNanos() {
        double sum = 0;
        for (int i = 0; i < buckets.length; i++) {
            sum += counts[i] * nanosOf(buckets[i]);
        }
        return buckets.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count());
    }

    /** By bucket, ascending. */
    public Map<Integer, Long> counts() {
        Map<Integer, Long> map = LinkedHashMap.newLinkedHashMap(buckets.length);
        for (int i = 0; i < buckets.length; i++) {
            map.put(buckets[i], counts[i]);
        }
        return Collections.unmodifiableMap(map);
    }

    private static double nanosOf(int bucket) {
        return bucket == 0 ? 1 : 2 * Math.pow(GAMMA, bucket) / (GAMMA + 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyCounts latencies
                && Arrays.equals(buckets, latencies.buckets)
                && Arrays.equals(counts, latencies.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(buckets) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return counts().toString();
    }
}
