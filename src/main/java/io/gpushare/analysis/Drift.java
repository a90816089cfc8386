package io.gpushare.analysis;

import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Whether a series was still moving: warming up, or slowed by heat. It is when the straight line through it changes,
 * from end to end, by more than the precision that is asked for, and by more than it would by chance (at 5 %, with
 * neighbours that are alike: {@link Swings}).
 */
public sealed interface Drift {
    /** Below this nothing can be said of a trend. */
    int LEAST_WINDOWS = 4;

    /**
     * By percent of the mean the line changes from begin to end; below 0 it falls.
     *
     * @param errorPercent half of the change's 95 % confidence interval
     */
    record Drifting(double percent, double errorPercent) implements Drift {}

    /** As in {@link Drifting}. */
    record NotShown(double percent, double errorPercent) implements Drift {}

    record TooFewWindows(int windows) implements Drift {}

    /**
     * @param levels throughput, or mean latency, window by window
     * @param precisionPercent changes up to this do not matter
     */
    static Drift of(double[] levels, double precisionPercent) {
        int n = levels.length;
        if (n < LEAST_WINDOWS) {
            return new TooFewWindows(n);
        }
        double mean = DoubleStream.of(levels).average().orElseThrow();
        if (mean == 0) {
            return new NotShown(0, 0);
        }
        double products = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            products += time(i, n) * levels[i];
            squares += time(i, n) * time(i, n);
        }
        double slope = products / squares;
        double[] residuals = new double[n];
        for (int i = 0; i < n; i++) {
            residuals[i] = levels[i] - mean - slope * time(i, n);
        }
        double error = Math.sqrt(Swings.varianceOfTrend(residuals) / squares);
        double student = TDistribution.of(Swings.cosines(n)).inverseSurvivalProbability(0.025);
        double percent = 100 * slope * n / mean;
        double errorPercent = 100 * student * error * n / mean;
        return Math.abs(percent) > Math.max(precisionPercent, errorPercent)
                ? new Drifting(percent, errorPercent)
                : new NotShown(percent, errorPercent);
    }

    /** Since the middle, in windows. */
    private static double time(int window, int n) {
        return window - (n - 1) / 2.0;
    }
}
