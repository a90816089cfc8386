package io.gpushare.report.html;

import io.gpushare.amount.Amount;
import io.gpushare.study.Estimate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Numbers as the page prints them: at least three digits that count, the same decimal point whatever the locale. */
final class Figures {
    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final double SMALLEST_WITH_DECIMALS = 0.1;
    private static final double TINY = 1e-9;
    private static final double LARGE = 1e6;
    private static final double VAST = 1e15;
    private static final String[] PREFIXES = {"M", "G", "T"};
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private Figures() {}

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        double size = Math.abs(value);
        if (size >= VAST) {
            return rounded(value).toString();
        }
        if (size >= LARGE) {
            int step = (int) (Math.log10(size) / 3) - 2;
            return Amount.decimals(value / Math.pow(1000, step + 2), 2) + " " + PREFIXES[step];
        }
        if (size > 0 && size < TINY) {
            return BigDecimal.valueOf(value).round(THREE_DIGITS).toString();
        }
        if (size > 0 && size < SMALLEST_WITH_DECIMALS) {
            return BigDecimal.valueOf(value).round(THREE_DIGITS).toPlainString();
        }
        return Amount.decimals(value, size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0);
    }

    /** As in "1846 samples/s"; a plain number has no unit. */
    static String number(double value, String unit) {
        return unit.isEmpty() ? number(value) : number(value) + " " + unit;
    }

    /** As in "4.1 to 4.3"; empty without an interval. */
    static String interval(Estimate estimate) {
        return estimate.interval()
                .map(interval -> number(interval.lower()) + " to " + number(interval.upper()))
                .orElse("");
    }

    static String minutes(Instant instant) {
        return MINUTES.format(instant);
    }

    /** Of a drawing: a hundredth of a pixel is enough. */
    static String coordinate(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("nothing can be drawn at " + value);
        }
        return BigDecimal.valueOf(Math.round(value * 100), 2)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** For the data of a chart: what an eye can tell apart. Null for what JSON does not have. */
    static @Nullable BigDecimal drawn(double value) {
        return Double.isFinite(value) ? rounded(value).stripTrailingZeros() : null;
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).round(FOUR_DIGITS);
    }
}
