package io.gpushare.study.metric;

import io.gpushare.analysis.BootstrapInterval;
import java.util.List;
import java.util.Optional;

/**
 * A metric over repeated runs.
 *
 * @param values one a run, in the order of their start
 * @param deviation of the sample (n - 1); empty for one run
 * @param interval of the mean, by the values alone; empty for one run
 * @param claim how sure the runs said that their values are
 */
public record Estimate(
        Metric metric,
        List<Double> values,
        double mean,
        double median,
        Optional<Double> deviation,
        Optional<BootstrapInterval> interval,
        Optional<Claim> claim) {
    public Estimate {
        values = List.copyOf(values);
    }

    /** What is to be drawn as its error. */
    public record Range(double lower, double upper) {}

    /** How sure the value of a single run is by what was seen within it: half of its 95 % interval. */
    public Optional<Claim> withinOneRun() {
        return claim.filter(known -> n() == 1);
    }

    /** The interval over the runs; of one run what it says of itself. */
    public Optional<Range> range() {
        return interval.map(known -> new Range(known.lower(), known.upper()))
                .or(() -> withinOneRun()
                        .map(known -> new Range(Math.max(0, mean - known.halfWidth()), mean + known.halfWidth())));
    }

    /** Where its drawing ends: the upper end of its range, or its mean. */
    public double top() {
        return range().map(range -> Math.max(range.upper(), mean)).orElse(mean);
    }

    /** Empty of one run, and of runs that differ in nothing or claim no error. */
    public Optional<Spread> spread() {
        return claim.filter(known -> known.standardError() > 0)
                .flatMap(known ->
                        deviation.filter(apart -> apart > 0).map(apart -> new Spread(apart / known.standardError())))
                .filter(spread -> Double.isFinite(spread.ratio()));
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
