package io.gpushare.study.metric;

import io.gpushare.analysis.BootstrapInterval;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers in sentences: about three digits that count, and with what they rest on. */
public final class Figures {
    private Figures() {}

    public static String of(double value) {
        return Figure.of(value);
    }

    public static String withUnit(double value, Metric metric) {
        if (metric.unit().isEmpty()) {
            return of(value);
        }
        return metric.unit().equals("×") ? of(value) + metric.unit() : of(value) + " " + metric.unit();
    }

    /** {@code 2.92 (2.84 to 2.99, n = 3)}. */
    public static String of(Estimate estimate) {
        return withUnit(estimate.mean(), estimate.metric()) + " (" + basis(estimate) + ")";
    }

    private static String basis(Estimate estimate) {
        return estimate.interval()
                .map(interval -> range(interval) + ", n = " + estimate.n())
                .orElse("one run");
    }

    private static String range(BootstrapInterval interval) {
        return of(interval.lower()) + " to " + of(interval.upper());
    }

    /** {@code 1.39 times}. */
    public static String times(double ratio) {
        return of(ratio) + " times";
    }

    /** As it was typed: {@code 10}, {@code 99.9}. */
    public static String plain(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Without sign. */
    public static String percent(double share) {
        double percent = 100 * Math.abs(share);
        if (!Double.isFinite(percent)) {
            return Figure.UNKNOWN + " %";
        }
        return Amount.decimals(percent, percent < 9.95 && percent > 0.05 ? 1 : 0) + " %";
    }
}
