package io.gpushare.text;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A measured number with about four digits that count, and an SI prefix where it would be long without: {@code 20.70}
 * and {@code M}, {@code 2913} and nothing.
 */
public record ScaledNumber(String digits, String prefix) {
    private static final double LONGEST_PLAIN = 100_000;
    private static final double SMALLEST_PLAIN = 0.01;
    private static final String[] LARGE = {"k", "M", "G", "T", "P"};
    private static final String[] SMALL = {"m", "µ", "n", "p"};
    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    public static ScaledNumber of(double value) {
        double size = Math.abs(value);
        if (size >= LONGEST_PLAIN) {
            // Rounded first: 999 999 is 1.000 M.
            double rounded = new BigDecimal(size).round(FOUR_DIGITS).doubleValue();
            int step = Math.min(LARGE.length, (int) (Math.log10(rounded) / 3));
            return new ScaledNumber(fourDigits(value / Math.pow(1000, step)), LARGE[step - 1]);
        }
        if (size > 0 && size < SMALLEST_PLAIN) {
            int step = Math.min(SMALL.length, (int) Math.ceil(-Math.log10(size) / 3));
            return new ScaledNumber(significant(value * Math.pow(1000, step)), SMALL[step - 1]);
        }
        return new ScaledNumber(plain(value), "");
    }

    private static String fourDigits(double value) {
        double size = Math.abs(value);
        return Amount.decimals(value, size < 10 ? 3 : size < 100 ? 2 : 1);
    }

    /** Three digits that count, in decimal notation however small it is. */
    public static String significant(double value) {
        return BigDecimal.valueOf(value).round(THREE_DIGITS).toPlainString();
    }

    /** The number without a prefix, for a column whose header names the unit. */
    public static String plain(double value) {
        double size = Math.abs(value);
        return Amount.decimals(value, size < 10 ? 2 : size < 1000 ? 1 : 0);
    }

    /** As in "20.70 M additions/s". */
    public static String perSecond(double value, String unit) {
        ScaledNumber number = of(value);
        return number.digits + " " + number.rateUnit(unit);
    }

    /** What stands behind the digits, as in "M additions/s". */
    public String rateUnit(String unit) {
        return (prefix.isEmpty() ? "" : prefix + " ") + unit + "s/s";
    }

    @Override
    public String toString() {
        return prefix.isEmpty() ? digits : digits + " " + prefix;
    }
}
