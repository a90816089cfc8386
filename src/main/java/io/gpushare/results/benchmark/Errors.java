package io.gpushare.results.benchmark;

import io.gpushare.analysis.Estimate;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How sure the figures of one tenant are by what was seen within its run: half of a 95 % interval, in percent of the
 * figure. What is not known is absent.
 *
 * @param throughput with its error; absent in fewer than three windows
 * @param p99Percent absent also where nothing limits the percentile above
 */
public record Errors(
        Optional<Estimate> throughput,
        OptionalDouble p50Percent,
        OptionalDouble p90Percent,
        OptionalDouble p99Percent,
        OptionalDouble slowdownPercent) {
    public static final Errors UNKNOWN = new Errors(
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());

    Errors withSlowdown(OptionalDouble percent) {
        return new Errors(throughput, p50Percent, p90Percent, p99Percent, percent);
    }

    public OptionalDouble throughputPercent() {
        return throughput.map(estimate -> OptionalDouble.of(estimate.percent())).orElse(OptionalDouble.empty());
    }
}
