package io.gpushare.text;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * Numbers as people type them. Each method throws an {@link IllegalArgumentException} whose message is a sentence for
 * them.
 */
public final class Numbers {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    /** Longer ones are beyond every bound; to read them digit by digit would take long. */
    private static final int MOST_DIGITS = 30;

    private Numbers() {}

    public static long within(String text, long least, long most) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number");
        }
        if (text.length() <= MOST_DIGITS) {
            BigInteger number = new BigInteger(text);
            if (number.compareTo(BigInteger.valueOf(least)) >= 0 && number.compareTo(BigInteger.valueOf(most)) <= 0) {
                return number.longValue();
            }
        }
        throw new IllegalArgumentException("'" + text + "' must be from " + least + " to " + most);
    }

    /** Reads a whole number that fits an int. */
    public static int whole(String text) {
        return (int) within(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Reads a finite decimal number. */
    public static double decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a number");
        }
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("'" + text + "' is too large");
        }
        return number;
    }
}
