package io.gpushare.text;

import java.math.BigDecimal;
import java.math.MathContext;

/** A computed number at a glance, the same in every report: about three digits that count. */
public final class Figure {
    /** There is no such number: a ratio to nothing, or a reading that is absent. */
    public static final String UNKNOWN = "–";

    private static final double LARGE = 100_000;
    private static final double VAST = 1e18;
    private static final double SMALL = 0.1;
    private static final double TINY = 1e-9;
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private Figure() {}

    /** {@code 7293}, {@code 20.7}, {@code 1.87}, {@code 0.0665}, {@code 1.25 M}. Small ones have no prefix: beside ms it would mislead. */
    public static String of(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value)) {
            return UNKNOWN;
        }
        if (size >= VAST || (size > 0 && size < TINY)) {
            return new BigDecimal(value).round(THREE_DIGITS).toString();
        }
        if (size >= LARGE) {
            return ScaledNumber.of(value).toString();
        }
        if (size > 0 && size < SMALL) {
            return ScaledNumber.significant(value);
        }
        return Amount.decimals(value, size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
    }
}
