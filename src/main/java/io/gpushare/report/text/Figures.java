package io.gpushare.report.text;

import io.gpushare.study.metric.Estimate;
import io.gpushare.text.Figure;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as tables show them. They come from files, and may be anything. */
final class Figures {
    static final String UNKNOWN = Figure.UNKNOWN;

    private static final double SMALLEST_PLAIN = 1e-6;
    /** From here on four digits are no whole number any more. */
    private static final double FOUR_DIGITS_TELL = 1000;

    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private Figures() {}

    public static String of(double value) {
        return Figure.of(value);
    }

    /** With four digits that count. */
    static String precise(double value) {
        double size = Math.abs(value);
        return size >= SMALLEST_PLAIN && size < FOUR_DIGITS_TELL
                ? new BigDecimal(value).round(FOUR_DIGITS).toPlainString()
                : of(value);
    }

    public static String times(double factor) {
        return of(factor) + " ×";
    }

    /** As in {@code 1.69 [1.66, 1.72]}; without an interval, for there is none of one run. */
    static String withInterval(Estimate estimate) {
        return of(estimate.mean())
                + estimate.interval()
                        .map(interval -> " [" + of(interval.lower()) + ", " + of(interval.upper()) + "]")
                        .orElse("");
    }

    /** As in p99 and p99.9. */
    static String percentile(double share) {
        return BigDecimal.valueOf(100 * share)
                .round(FOUR_DIGITS)
                .stripTrailingZeros()
                .toPlainString();
    }

    static String preciseInterval(Estimate estimate) {
        return estimate.interval()
                .map(interval -> "[" + precise(interval.lower()) + ", " + precise(interval.upper()) + "]")
                .orElse(UNKNOWN);
    }
}
