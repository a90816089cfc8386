package io.gpushare.study.metric;

import io.gpushare.analysis.BootstrapInterval;
import java.util.List;
import java.util.Optional;

/**
 * A metric over repeated runs.
 *
 * @param values one a run, in the order of their start
 * @param deviation of the sample (n - 1); empty for one run
 * @param interval of the mean; empty for one run
 */
public record Estimate(
        Metric metric,
        List<Double> values,
        double mean,
        double median,
        Optional<Double> deviation,
        Optional<BootstrapInterval> interval) {
    public Estimate {
        values = List.copyOf(values);
    }

    public int n() {
        return values.size();
    }

    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
