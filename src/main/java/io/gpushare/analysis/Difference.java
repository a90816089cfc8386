package io.gpushare.analysis;

import java.util.List;
import java.util.Optional;

/**
 * What two sides' repeated runs tell of a difference between them. {@code a} is what is compared with, the baseline.
 *
 * @param ratio mean of b over mean of a. Where a's mean is 0 it is no number, or infinite when b's is not: a threshold
 *     on it behaves, a print of it needs care
 * @param interval of the ratio ({@link Bootstrap#ofRatio}); a difference is shown when it does not hold 1
 * @param test empty when a side has one run only
 * @param separated whether every value of one side is beyond every value of the other. By chance alone two of all ways
 *     to deal the values are so: one of three for two runs a side, one of ten for three, one of 35 for four
 */
public record Difference(
        double ratio, Optional<BootstrapInterval> interval, Optional<MannWhitney> test, boolean separated) {

    /** @param seed of the interval */
    public static Difference of(List<Double> a, List<Double> b, long seed) {
        double[] baseline = FiniteValues.sorted(a);
        double[] contender = FiniteValues.sorted(b);
        boolean repeated = baseline.length > 1 && contender.length > 1;
        return new Difference(
                MeanInterval.of(b).mean() / MeanInterval.of(a).mean(),
                Bootstrap.ofRatio(b, a, seed),
                repeated ? Optional.of(MannWhitney.of(a, b)) : Optional.empty(),
                baseline[baseline.length - 1] < contender[0] || contender[contender.length - 1] < baseline[0]);
    }
}
