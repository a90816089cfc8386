package io.gpushare.analysis;

import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A figure and how sure it is by what was seen within one run. What differs between runs it cannot know: only repeats
 * tell.
 *
 * @param freedom the degrees of freedom of the standard error
 * @param windows of the shortest series that it rests on
 */
public record Estimate(double value, double standardError, double freedom, int windows) {
    /** Below this nothing can be said of an error. */
    public static final int LEAST_WINDOWS = 3;

    private static final double TAIL = 0.025;

    /**
     * Σ numerator / Σ denominator, by windows in order of time: units over seconds, or latencies above a bound over all
     * of them. Its error is that of the mean of what numerators have beyond their share.
     *
     * @return empty with fewer than {@value #LEAST_WINDOWS} windows, or when the denominators' sum is 0
     */
    public static Optional<Estimate> ofRatio(double[] numerator, double[] denominator) {
        int n = numerator.length;
        double above = 0;
        double below = 0;
        for (int i = 0; i < n; i++) {
            above += numerator[i];
            below += denominator[i];
        }
        if (n < LEAST_WINDOWS || below == 0) {
            return Optional.empty();
        }
        double ratio = above / below;
        double[] residuals = new double[n];
        for (int i = 0; i < n; i++) {
            residuals[i] = (numerator[i] - ratio * denominator[i]) / below;
        }
        return Optional.of(ofSum(ratio, residuals));
    }

    /**
     * As it was written down.
     *
     * @param percent half of the interval as a share of the value
     */
    public static Estimate ofPercent(double value, double percent, double freedom, int windows) {
        double student = TDistribution.of(freedom).inverseSurvivalProbability(TAIL);
        return new Estimate(value, Math.abs(value) * percent / 100 / student, freedom, windows);
    }

    /** @param contributions by which the single windows move the value; they add up to 0 */
    static Estimate ofSum(double value, double[] contributions) {
        int n = contributions.length;
        return new Estimate(value, Math.sqrt(n * Swings.varianceOfMean(contributions)), Swings.cosines(n), n);
    }

    /** Half of the 95 % confidence interval, by Student's distribution. */
    public double halfWidth() {
        return student() * standardError;
    }

    /** Half of the interval as a share of the value. */
    public double percent() {
        return standardError == 0 ? 0 : 100 * halfWidth() / Math.abs(value);
    }

    public boolean contains(double truth) {
        return Math.abs(truth - value) <= halfWidth();
    }

    /**
     * The same value with errors of other origin added: squares add up, and degrees of freedom are Satterthwaite's
     * (Biometrics Bulletin 2(6), 1946).
     */
    public Estimate plus(List<Estimate> others) {
        double variance = standardError * standardError;
        double uncertainty = variance * variance / freedom;
        int fewest = windows;
        for (Estimate other : others) {
            double more = other.standardError * other.standardError;
            variance += more;
            uncertainty += more * more / other.freedom;
            fewest = Math.min(fewest, other.windows);
        }
        double together = uncertainty > 0 ? variance * variance / uncertainty : freedom;
        return new Estimate(value, Math.sqrt(variance), together, fewest);
    }

    /** Of another value with the same relative error. */
    public Estimate scaledTo(double other) {
        return new Estimate(other, Math.abs(other / value) * standardError, freedom, windows);
    }

    private double student() {
        return TDistribution.of(freedom).inverseSurvivalProbability(TAIL);
    }
}
