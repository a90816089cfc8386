package io.gpushare.compare;

import io.gpushare.analysis.BootstrapInterval;
import io.gpushare.analysis.Difference;
import io.gpushare.analysis.MannWhitney;
import io.gpushare.results.InFile;
import io.gpushare.study.metric.Metric;
import java.util.List;
import java.util.Optional;

/**
 * One metric on both sides.
 *
 * <p>A difference is shown when the 95 % interval of the ratio does not hold 1 and the rank test's p is at most 0.05.
 * With so few runs that no p can be that low, the runs do not tell, however far apart they are.
 *
 * @param metric the contender's
 * @param baseline and {@code contender}: values, one a run
 */
public record MetricChange(Metric metric, List<Double> baseline, List<Double> contender, Difference difference) {
    private static final double PERCENT = 100;

    public MetricChange {
        baseline = List.copyOf(baseline);
        contender = List.copyOf(contender);
    }

    static MetricChange of(Metric metric, List<Double> baseline, List<Double> contender, long seed) {
        return new MetricChange(metric, baseline, contender, Difference.of(baseline, contender, seed));
    }

    public double baselineMean() {
        return mean(baseline);
    }

    public double contenderMean() {
        return mean(contender);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElseThrow();
    }

    /**
     * Of the mean, from the baseline to the contender. Empty where the baseline is 0: there is no percentage of
     * nothing.
     */
    public Optional<Double> percent() {
        return Double.isFinite(difference.ratio()) ? Optional.of(percentOf(difference.ratio())) : Optional.empty();
    }

    /** The 95 % interval of {@link #percent}; empty with one run on a side. */
    public Optional<Range> percentInterval() {
        return difference
                .interval()
                .filter(interval -> Double.isFinite(interval.lower()) && Double.isFinite(interval.upper()))
                .map(interval ->
                        new Range(percentOf(interval.lower()), percentOf(interval.upper()), interval.reaches()));
    }

    /** @param reaches whether there are runs enough for 95 % */
    public record Range(
            double lower,
            double upper,
            @InFile(name = "reaches_95_percent") boolean reaches) {}

    private static double percentOf(double ratio) {
        return (ratio - 1) * PERCENT;
    }

    public Optional<Double> p() {
        return difference.test().map(MannWhitney::p);
    }

    public boolean isRepeated() {
        return baseline.size() > 1 && contender.size() > 1;
    }

    /** Whether noise is no likely cause of what is seen, by the interval; by its ranks where a ratio says nothing. */
    boolean beyondNoise() {
        return isRepeated()
                && difference.interval().map(interval -> !holdsOne(interval)).orElse(difference.separated());
    }

    private static boolean holdsOne(BootstrapInterval interval) {
        return interval.contains(1);
    }

    public ChangeVerdict judgement() {
        if (MannWhitney.leastP(baseline.size(), contender.size()) > MannWhitney.SIGNIFICANT) {
            return ChangeVerdict.TOO_FEW;
        }
        boolean shown = difference.test().map(MannWhitney::isSignificant).orElse(false)
                && difference.interval().map(interval -> !holdsOne(interval)).orElse(true);
        if (!shown) {
            return ChangeVerdict.NOT_SHOWN;
        }
        boolean higher = contenderMean() > baselineMean();
        return switch (metric.better()) {
            case HIGHER -> higher ? ChangeVerdict.BETTER : ChangeVerdict.WORSE;
            case LOWER -> higher ? ChangeVerdict.WORSE : ChangeVerdict.BETTER;
            case NEITHER -> ChangeVerdict.DIFFERENT;
        };
    }

    /** Whether the contender is shown to be better or worse. */
    public boolean isShown() {
        return judgement() == ChangeVerdict.BETTER || judgement() == ChangeVerdict.WORSE;
    }

    /** The least number of runs on each side that can show a difference. */
    public static int leastRuns() {
        return MannWhitney.leastRuns();
    }
}
