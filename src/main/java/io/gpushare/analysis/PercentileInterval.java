package io.gpushare.analysis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A percentile of latencies and its 95 % confidence interval. Steps of one window are alike, so counting steps as
 * independent would be far too sure. How sure the share of steps above the percentile is, tells the ratio over windows
 * ({@link Estimate#ofRatio}). As many independent steps as would leave it that unsure, but no more than there were,
 * give the interval of the share (Clopper and Pearson's for an effective number: Korn and Graubard, Survey Methodology
 * 24, 1998), and the quantiles at its ends are the interval of the percentile (Woodruff, JASA 47, 1952).
 *
 * @param upperNanos empty when less than one of the latencies seen would be above it: then nothing limits the
 *     percentile, as often for p99 in few windows. {@code lowerNanos} likewise
 */
public record PercentileInterval(double nanos, OptionalDouble lowerNanos, OptionalDouble upperNanos) {
    private static final double TAIL = 0.025;
    private static final double NORMAL = NormalDistribution.of(0, 1).inverseSurvivalProbability(TAIL);

    /**
     * @param windows the latencies of each, in order of time
     * @param share 0.99 for the 99th percentile
     * @return empty without latencies, or with fewer than {@value Estimate#LEAST_WINDOWS} windows
     */
    public static Optional<PercentileInterval> of(List<LatencyCounts> windows, double share) {
        LatencyCounts all = windows.stream().reduce(LatencyCounts.NONE, LatencyCounts::plus);
        OptionalDouble quantile = all.quantileNanos(EarlyStopping.requireShare(share));
        if (quantile.isEmpty() || windows.size() < Estimate.LEAST_WINDOWS) {
            return Optional.empty();
        }
        double nanos = quantile.getAsDouble();
        double count = all.count();
        // The bucket of the percentile may hold many latencies. Whether those are above it or not is not known.
        double half = Math.max(
                halfWidthOfShareAbove(windows, nanos), halfWidthOfShareAbove(windows, nanos / LatencyCounts.GAMMA));
        double independent = Math.min(count, share * (1 - share) * Math.pow(NORMAL / half, 2));
        double within = independent * share;
        double above = independent - within;
        double lower = BetaDistribution.of(within, above + 1).inverseCumulativeProbability(TAIL);
        double upper = BetaDistribution.of(within + 1, above).inverseSurvivalProbability(TAIL);
        return Optional.of(new PercentileInterval(
                nanos,
                count * lower >= 1 ? all.quantileNanos(lower) : OptionalDouble.empty(),
                count * (1 - upper) >= 1 ? all.quantileNanos(upper) : OptionalDouble.empty()));
    }

    private static double halfWidthOfShareAbove(List<LatencyCounts> windows, double nanos) {
        double[] above =
                windows.stream().mapToDouble(window -> window.countAbove(nanos)).toArray();
        double[] counts = windows.stream().mapToDouble(LatencyCounts::count).toArray();
        return Estimate.ofRatio(above, counts).orElseThrow().halfWidth();
    }

    /** By how much the farther end is away, as a share of the percentile. Empty for an open interval. */
    public OptionalDouble percent() {
        if (lowerNanos.isEmpty() || upperNanos.isEmpty()) {
            return OptionalDouble.empty();
        }
        double below = nanos - lowerNanos.getAsDouble();
        double above = upperNanos.getAsDouble() - nanos;
        return OptionalDouble.of(100 * Math.max(below, above) / nanos);
    }

    /** An open end holds everything. */
    public boolean contains(double truth) {
        return truth >= lowerNanos.orElse(0) && truth <= upperNanos.orElse(Double.POSITIVE_INFINITY);
    }
}
