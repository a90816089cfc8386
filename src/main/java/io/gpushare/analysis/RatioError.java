package io.gpushare.analysis;

import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How far the ratio of two means may be off by chance. Values of undisturbed times tell how much they scatter: their
 * relative deviation s, pooled over groups that each have a mean of their own.
 */
public final class RatioError {
    private static final double TAIL = 0.025;

    private RatioError() {}

    /**
     * Half of the 95 % interval of the ratio: ratio · t(0.975; degrees of freedom) · s · √(1/n + 1/m), by Student's
     * distribution. It holds as far as values are independent, roughly normal, and scatter alike in relation to their
     * mean. Also a single value has an error by that.
     *
     * @param n and {@code m}: how many values the two means are of, 1 at least
     * @param undisturbed groups of values, of which the deviation is taken; empty without two in one of them
     */
    public static OptionalDouble half(double ratio, int n, int m, List<List<Double>> undisturbed) {
        double squares = 0;
        int freedom = 0;
        for (List<Double> group : undisturbed) {
            double mean =
                    group.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            if (mean > 0) {
                squares += group.stream()
                        .mapToDouble(value -> Math.pow(value / mean - 1, 2))
                        .sum();
                freedom += group.size() - 1;
            }
        }
        if (freedom < 1) {
            return OptionalDouble.empty();
        }
        double deviation = Math.sqrt(squares / freedom);
        double quantile = TDistribution.of(freedom).inverseSurvivalProbability(TAIL);
        return OptionalDouble.of(ratio * quantile * deviation * Math.sqrt(1.0 / Math.max(1, n) + 1.0 / Math.max(1, m)));
    }
}
