package io.gpushare.analysis;

/**
 * How far the mean of a series, or its trend, strays by chance when neighbours in time are alike. Then the usual
 * deviation over √n is too small: a core that runs slower for some seconds slows several windows. What moves a mean is
 * not the flicker from window to window but the slow swings, so those are what is measured: the series is compared with
 * the cosines that make a half, one, one and a half … swings over its whole length, and the mean of their squared
 * strengths is the variance that a slower swing still, the mean, may have. It has as many degrees of freedom as there
 * are cosines, B = 0.4 · n^⅔ and 2 at least.
 *
 * <p>The equal-weighted cosine estimator: Lazarus, Lewis, Stock and Watson, "HAR Inference: Recommendations for
 * Practice", Journal of Business and Economic Statistics 36(4), 2018.
 *
 * <p>Where neighbours are alike by ρ, slower swings are stronger than faster ones. So each is raised by as much as a
 * first-order autoregressive series of that ρ has more of the slow one, at most of ρ = {@value #MOST_ALIKE}.
 *
 * <p>Values that were left out of a series leave no gap: what remains is taken as one series.
 */
final class Swings {
    private static final double MOST_ALIKE = 0.7;

    private Swings() {}

    /** The cosines B for a series of n, which are the degrees of freedom of a variance. */
    static int cosines(int n) {
        return (int) Math.max(2, Math.round(0.4 * Math.cbrt((double) n * n)));
    }

    /**
     * Of the mean's swing: √n times the mean has this variance.
     *
     * @param residuals of at least three values from their mean
     */
    static double varianceOfMean(double[] residuals) {
        return variance(residuals, 0);
    }

    /**
     * Of the trend's swing: the slope has this variance over the sum of squares of the times.
     *
     * @param residuals of at least four values from a straight line
     */
    static double varianceOfTrend(double[] residuals) {
        return variance(residuals, 1);
    }

    /** @param fitted the swing that was taken out last, in halves: 0 for the mean; the trend is nearly 1 */
    private static double variance(double[] residuals, int fitted) {
        int n = residuals.length;
        int cosines = cosines(n);
        if (n <= fitted + cosines) {
            throw new IllegalArgumentException("of so few values there is no variance: " + n);
        }
        double alike = alike(residuals, fitted + 1);
        double sum = 0;
        for (int halves = fitted + 1; halves <= fitted + cosines; halves++) {
            double strength = 0;
            for (int i = 0; i < n; i++) {
                strength += residuals[i] * Math.cos(Math.PI * halves * (i + 0.5) / n);
            }
            sum += 2 * strength * strength / n * weakness(alike, halves, n) / weakness(alike, fitted, n);
        }
        return sum / cosines;
    }

    /** The inverse of the strength that a swing has in a first-order autoregressive series, but for a factor. */
    private static double weakness(double alike, int halves, int n) {
        return 1 + alike * alike - 2 * alike * Math.cos(Math.PI * halves / n);
    }

    /**
     * The correlation of neighbours, 0 when negative. What was taken out of a short series makes neighbours look less
     * alike, by about (k + (k + 2) · ρ) / n for k parameters (Kendall, Biometrika 41, 1954).
     */
    private static double alike(double[] residuals, int parameters) {
        int n = residuals.length;
        double squares = residuals[0] * residuals[0];
        double products = 0;
        for (int i = 1; i < n; i++) {
            squares += residuals[i] * residuals[i];
            products += residuals[i] * residuals[i - 1];
        }
        double seen = squares > 0 ? products / squares : 0;
        double corrected = seen + (parameters + (parameters + 2) * seen) / n;
        return Math.clamp(corrected, 0, MOST_ALIKE);
    }
}
