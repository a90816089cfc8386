package io.gpushare.sampling.summary;

import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import java.util.Optional;

/**
 * One metric over the whole run.
 *
 * @param absent rows in which it had no value
 * @param levels empty when it never had one
 */
public record MetricSummary(Subject subject, SampledMetric metric, long absent, Optional<Levels> levels) {

    /**
     * @param mean of the samples, each counting the same
     * @param p95 nearest rank: the smallest value with 95 % of the samples at or below it; at most 0.5 % too high
     */
    public record Levels(long n, double min, double mean, double p95, double max) {}
}
