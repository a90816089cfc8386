package io.gpushare.results;

import java.util.Locale;

/** Whether two places of a result say the same, but for rounding. */
public final class Agreement {
    private static final double TOLERANCE = 0.005;

    private Agreement() {}

    public static boolean agree(double said, double found) {
        return Math.abs(said - found) <= TOLERANCE * Math.abs(found);
    }

    /** A figure in a sentence about a contradiction. */
    public static String words(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
