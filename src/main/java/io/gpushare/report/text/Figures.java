package io.gpushare.report.text;

import io.gpushare.amount.ScaledNumber;
import io.gpushare.study.Estimate;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as tables show them. They come from files, and may be anything. */
final class Figures {
    static final String UNKNOWN = "–";

    private static final double SMALLEST_PLAIN = 0.01;
    private static final double TWO_DECIMALS_TELL = 0.1;
    private static final double LARGEST_PREFIXED = 1e18;
    private static final double SMALLEST_PREFIXED = 1e-15;
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private Figures() {}

    static String of(double value) {
        if (!Double.isFinite(value)) {
            return UNKNOWN;
        }
        double size = Math.abs(value);
        if (size >= SMALLEST_PLAIN && size < TWO_DECIMALS_TELL) {
            return ScaledNumber.significant(value);
        }
        boolean prefixed = size == 0 || (size >= SMALLEST_PREFIXED && size < LARGEST_PREFIXED);
        return prefixed
                ? ScaledNumber.of(value).toString()
                : new BigDecimal(value).round(FOUR_DIGITS).toString();
    }

    static String times(double factor) {
        return of(factor) + " ×";
    }

    /** As in {@code 1.69 [1.66, 1.72]}; without an interval, for there is none of one run. */
    static String withInterval(Estimate estimate) {
        return of(estimate.mean())
                + estimate.interval()
                        .map(interval -> " " + bounds(interval.lower(), interval.upper()))
                        .orElse("");
    }

    /** As in p99 and p99.9. */
    static String percentile(double share) {
        return BigDecimal.valueOf(100 * share)
                .round(FOUR_DIGITS)
                .stripTrailingZeros()
                .toPlainString();
    }

    static String interval(Estimate estimate) {
        return estimate.interval()
                .map(interval -> bounds(interval.lower(), interval.upper()))
                .orElse(UNKNOWN);
    }

    private static String bounds(double lower, double upper) {
        return "[" + of(lower) + ", " + of(upper) + "]";
    }
}
