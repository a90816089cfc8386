package io.gpushare.compare;

import io.gpushare.study.metric.Metric;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;

/** Changes of metrics in words. */
public final class ChangeWords {
    private ChangeWords() {}

    public static String range(MetricChange.Range range) {
        return Figure.change(range.lower()) + " … " + Figure.change(range.upper());
    }

    /** {@code 4.154 → 4.655 ms, +12.1 % (95 %: +8.0 … +16.3)}. */
    static String of(MetricChange change) {
        String means = Figure.precise(change.baselineMean()) + " → "
                + Figure.precise(change.contenderMean(), change.metric().unit());
        String percent = change.percent()
                .map(value -> ", " + Figure.change(value) + " %")
                .orElse("");
        String interval = change.percentInterval()
                .map(range -> " (95 %: " + range(range) + ")")
                .orElse("");
        return means + percent + interval;
    }

    /** {@code < 0.001}, {@code 0.029}. */
    public static String p(double p) {
        return p < 0.001 ? "< 0.001" : Amount.decimals(p, 3);
    }

    /** {@code p99 of bert-infer}. */
    public static String name(Metric metric) {
        return metric.variant()
                .map(variant -> metric.label() + " of " + variant)
                .orElse(metric.label());
    }
}
