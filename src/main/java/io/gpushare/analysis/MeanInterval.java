package io.gpushare.analysis;

import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The arithmetic mean of repeated measurements, and how far to trust it.
 *
 * @param spread empty for a single value: one run has no deviation
 */
public record MeanInterval(int n, double mean, Optional<Spread> spread) {
    private static final double TAIL = 0.025;

    /**
     * @param standardDeviation of the sample: √(Σ(x - mean)² / (n - 1))
     * @param lower and {@code upper}: the 95 % confidence interval of the mean, mean ∓ t(0.975; n - 1) · deviation /
     *     √n, by Student's distribution (Student, "The Probable Error of a Mean", Biometrika 6(1), 1908). It holds as
     *     far as runs are independent and roughly normal
     */
    public record Spread(double standardDeviation, double lower, double upper) {}

    public static MeanInterval of(List<Double> values) {
        if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a mean is of one or more finite values, got " + values);
        }
        int n = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
        return new MeanInterval(n, mean, n == 1 ? Optional.empty() : Optional.of(spread(values, mean)));
    }

    private static Spread spread(List<Double> values, double mean) {
        int n = values.size();
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        double deviation = Math.sqrt(squares / (n - 1));
        double half = TDistribution.of(n - 1).inverseSurvivalProbability(TAIL) * deviation / Math.sqrt(n);
        return new Spread(deviation, mean - half, mean + half);
    }
}
