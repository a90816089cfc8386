package io.gpushare.sampling.summary;

import java.util.TreeMap;

/**
 * Count, mean, extremes and quantiles of values that come one by one, in memory that does not grow with their number.
 *
 * <p>Every value counts the same: the mean is that of the samples, not weighted by time.
 *
 * <p>A quantile is the nearest rank: the smallest value with at least that share of all values at or below it. Values
 * are kept in buckets of relative width 0.5 %, each of which remembers its largest: the quantile is never below the
 * true one and at most 0.5 % above, and exact where a bucket holds one distinct value, as with percentages and degrees.
 */
final class Distribution {
    private static final double LOG_WIDTH = Math.log(1.005);
    /** Smaller magnitudes are counted as zero. */
    private static final double SMALLEST = 1e-9;

    private final TreeMap<Integer, Bucket> buckets = new TreeMap<>();
    private long count;
    private double mean;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    void add(double value) {
        count++;
        mean += (value - mean) / count;
        min = Math.min(min, value);
        max = Math.max(max, value);
        Bucket bucket = buckets.get(index(value));
        if (bucket == null) {
            bucket = new Bucket(value);
            buckets.put(index(value), bucket);
        }
        bucket.add(value);
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    double min() {
        return min;
    }

    double max() {
        return max;
    }

    double quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long passed = 0;
        for (Bucket bucket : buckets.values()) {
            passed += bucket.count;
            if (passed >= rank) {
                return bucket.largest;
            }
        }
        return max;
    }

    /** In the order of the values: negative magnitudes count downwards from -1, zero is 0. */
    private static int index(double value) {
        double magnitude = Math.abs(value);
        if (magnitude < SMALLEST) {
            return 0;
        }
        int distance = 1 + (int) Math.floor(Math.log(magnitude / SMALLEST) / LOG_WIDTH);
        return value > 0 ? distance : -distance;
    }

    private static final class Bucket {
        private long count;
        private double largest;

        Bucket(double first) {
            largest = first;
        }

        void add(double value) {
            count++;
            largest = Math.max(largest, value);
        }
    }
}
