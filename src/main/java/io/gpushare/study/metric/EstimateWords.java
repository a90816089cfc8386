package io.gpushare.study.metric;

import io.gpushare.text.Figure;
import java.util.Optional;

/** Estimates in sentences, with what they rest on. */
public final class EstimateWords {
    private EstimateWords() {}

    public static String withUnit(double value, Metric metric) {
        return metric.unit().equals("×") ? Figure.of(value) + "×" : Figure.of(value, metric.unit());
    }

    /** {@code 2.92 (2.84 to 2.99, n = 3)}. */
    public static String of(Estimate estimate) {
        String basis = interval(estimate)
                .map(interval -> interval + ", n = " + estimate.n())
                .or(() -> withinOneRun(estimate))
                .orElse("one run");
        return withUnit(estimate.mean(), estimate.metric()) + " (" + basis + ")";
    }

    /** Before the figure that one is compared with: {@code 1.8 times the}. */
    public static String timesThe(Contrast contrast) {
        return Double.isFinite(contrast.ratio()) ? Figure.times(contrast.ratio()) + " the" : "against the";
    }

    /** {@code 3.1 times as far apart as the runs' own errors claim: larger}. */
    public static String of(Spread spread) {
        return Figure.times(spread.ratio()) + " as far apart as the runs' own errors claim: "
                + spread.size().word();
    }

    /** {@code ± 1.4 % within one run}. */
    public static Optional<String> withinOneRun(Estimate estimate) {
        return percent(estimate).map(percent -> percent + " within one run");
    }

    /** {@code ± 1.4 %}, of one run. */
    public static Optional<String> percent(Estimate estimate) {
        return estimate.withinOneRun()
                .filter(_ -> estimate.mean() != 0)
                .map(claim -> "± " + Figure.percent(claim.halfWidth() / estimate.mean()));
    }

    /** {@code 4.1 to 4.3}; there is none of one run. */
    public static Optional<String> interval(Estimate estimate) {
        return estimate.interval().map(interval -> Figure.of(interval.lower()) + " to " + Figure.of(interval.upper()));
    }
}
