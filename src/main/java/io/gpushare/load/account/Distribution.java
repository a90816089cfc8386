package io.gpushare.load.account;

import org.HdrHistogram.Histogram;

/**
 * Of a metric over all requests. Percentiles are by nearest rank; all but the least and the greatest are at most 0.05 %
 * off.
 */
public record Distribution(
        long count,
        double avgNanos,
        long minNanos,
        long maxNanos,
        double stdNanos,
        long p50Nanos,
        long p90Nanos,
        long p95Nanos,
        long p99Nanos,
        long p999Nanos) {

    /** @param histogram with at least one value */
    static Distribution of(Histogram histogram) {
        return new Distribution(
                histogram.getTotalCount(),
                histogram.getMean(),
                histogram.getMinValue(),
                histogram.getMaxValue(),
                histogram.getStdDeviation(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(95),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9));
    }
}
