package io.gpushare.sampling.summary;

import io.gpushare.results.benchmark.GpuUse.Levels;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import java.util.Optional;

/**
 * One metric over the whole run.
 *
 * @param absent rows in which it had no value
 * @param levels empty when it never had one
 */
public record MetricSummary(Subject subject, SampledMetric metric, long absent, Optional<Levels> levels) {}
