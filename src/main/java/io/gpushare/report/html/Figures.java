package io.gpushare.report.html;

import io.gpushare.study.metric.Estimate;
import io.gpushare.text.Figure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Numbers as the page prints them: at least three digits that count, the same decimal point whatever the locale. */
final class Figures {
    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private Figures() {}

    static String number(double value) {
        return Figure.of(value);
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
