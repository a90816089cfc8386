package io.gpushare.compare;

import io.gpushare.study.metric.Metric;
import io.gpushare.text.Amount;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers of a comparison, with the digits that count. */
public final class Figures {
    private static final double LARGE = 100_000;
    private static final double SMALL = 0.01;
    /** In percent: what rounds to nothing has no sign. */
    private static final double SMALLEST_CHANGE = 0.05;

    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final String[] PREFIXES = {"k", "M", "G", "T", "P"};

    private Figures() {}

    /** {@code 2913}, {@code 20.70 M}, {@code 0.9953}. */
    public static String of(double value) {
        double size = Math.abs(value);
        if (size >= LARGE) {
            int step = Math.min(PREFIXES.length, (int) (Math.log10(size) / 3));
            return plain(value / Math.pow(1000, step)) + " " + PREFIXES[step - 1];
        }
        if (size > 0 && size < SMALL) {
            return BigDecimal.valueOf(value).round(THREE_DIGITS).toPlainString();
        }
        return plain(value);
    }

    private static String plain(double value) {
        double size = Math.abs(value);
        return Amount.decimals(value, size < 1 ? 4 : size < 10 ? 3 : size < 100 ? 2 : size < 1000 ? 1 : 0);
    }

    /** Of a plain number and its unit. */
    public static String withUnit(double value, String unit) {
        return unit.isEmpty() ? of(value) : of(value) + " " + unit;
    }

    /** With its sign: {@code +12.3}, {@code -0.5}. */
    public static String percent(double percent) {
        double size = Math.abs(percent);
        if (size < SMALLEST_CHANGE) {
            return "0.0";
        }
        String digits = size < 100 ? Amount.decimals(size, 1) : size < LARGE ? Amount.decimals(size, 0) : of(size);
        return (percent < 0 ? "-" : "+") + digits;
    }

    public static String range(MetricChange.Range range) {
        return percent(range.lower()) + " … " + percent(range.upper());
    }

    /** {@code 4.154 → 4.655 ms, +12.1 % (95 %: +8.0 … +16.3)}. */
    static String change(MetricChange change) {
        Metric metric = change.metric();
        String means = of(change.baselineMean()) + " → " + withUnit(change.contenderMean(), metric.unit());
        String percent =
                change.percent().map(value -> ", " + percent(value) + " %").orElse("");
        String interval = change.percentInterval()
                .map(range -> " (95 %: " + range(range) + ")")
                .orElse("");
        return means + percent + interval;
    }

    /** {@code p < 0.001}, {@code 0.029}. */
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
