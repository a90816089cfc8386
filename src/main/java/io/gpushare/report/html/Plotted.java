package io.gpushare.report.html;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** Numbers in the data of a chart. */
final class Plotted {
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private Plotted() {}

    /** What an eye can tell apart. Null for what JSON does not have. */
    static @Nullable BigDecimal of(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).round(FOUR_DIGITS).stripTrailingZeros()
                : null;
    }
}
