package io.gpushare.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.Function;

/** A computed number in words, the same in every report and with the same decimal point whatever the locale. */
public final class Figure {
    /** There is no such number: a ratio to nothing, or a reading that is absent. */
    public static final String UNKNOWN = "–";

    private static final double LARGE = 100_000;
    private static final double VAST = 1e18;
    private static final double SMALL = 0.1;
    private static final double TINY = 1e-9;
    private static final double SMALLEST_PRECISE = 1e-6;
    /** From here on, four digits are a whole number. */
    private static final double LARGEST_PRECISE = 1000;
    /** In percent: what rounds to nothing has no sign. */
    private static final double SMALLEST_CHANGE = 0.05;

    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private Figure() {}

    /**
     * About three digits that count: {@code 7293}, {@code 20.7}, {@code 1.87}, {@code 0.0665}, {@code 1.254 M}. Small
     * numbers have no prefix: beside ms it would mislead.
     */
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

    /** The words of what is known, and a dash for what is not. */
    public static <T> String known(Optional<T> value, Function<? super T, String> words) {
        return value.map(words).orElse(UNKNOWN);
    }

    /** {@code 1846 samples/s}; a plain number has no unit. */
    public static String of(double value, String unit) {
        return withUnit(of(value), unit);
    }

    /** Four digits that count: {@code 2913}, {@code 20.70 M}, {@code 0.9953}. */
    public static String precise(double value) {
        double size = Math.abs(value);
        if (!(size >= SMALLEST_PRECISE && size < LARGEST_PRECISE)) {
            return of(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(FOUR_DIGITS);
        int wholeDigits = rounded.precision() - rounded.scale();
        return rounded.setScale(Math.max(0, FOUR_DIGITS.getPrecision() - wholeDigits), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    public static String precise(double value, String unit) {
        return withUnit(precise(value), unit);
    }

    private static String withUnit(String number, String unit) {
        return unit.isEmpty() ? number : number + " " + unit;
    }

    /** {@code 1.39 times}. */
    public static String times(double ratio) {
        return of(ratio) + " times";
    }

    /** A share as a percentage without its sign: {@code 12 %}, {@code 0.5 %}. */
    public static String percent(double share) {
        double percent = 100 * Math.abs(share);
        if (!Double.isFinite(percent)) {
            return UNKNOWN + " %";
        }
        return Amount.decimals(percent, percent < 9.95 && percent > SMALLEST_CHANGE ? 1 : 0) + " %";
    }

    /** Half of an interval, in percent of its figure: {@code ± 1.4 %}. */
    public static String plusMinus(double ofTheFigurePercent) {
        return "± " + percent(ofTheFigurePercent / 100);
    }

    /** A change in percent, with its sign and without the percent sign: {@code +12.3}, {@code -0.5}. */
    public static String change(double percent) {
        double size = Math.abs(percent);
        if (size < SMALLEST_CHANGE) {
            return "0.0";
        }
        String digits = size < 100 ? Amount.decimals(size, 1) : of(size);
        return (percent < 0 ? "-" : "+") + digits;
    }

    /** A number as a person types it: {@code 10}, {@code 99.9}. */
    public static String asTyped(double value) {
        return BigDecimal.valueOf(value).round(SIX_DIGITS).stripTrailingZeros().toPlainString();
    }
}
