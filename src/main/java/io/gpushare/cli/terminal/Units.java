package io.gpushare.cli.terminal;

import java.util.Locale;

/** Numbers as people read them, with the same decimal point whatever the locale. */
public final class Units {
    private static final double BYTES_PER_GIB = 1L << 30;
    private static final double BYTES_PER_MIB = 1L << 20;

    private Units() {}

    /** In GiB with one decimal. */
    public static String gib(long bytes) {
        return decimals(bytes / BYTES_PER_GIB, 1);
    }

    /** With a unit that keeps the number short. */
    public static String bytes(long bytes) {
        if (bytes >= BYTES_PER_GIB) {
            return gib(bytes) + " GiB";
        }
        return decimals(bytes / BYTES_PER_MIB, 0) + " MiB";
    }

    public static String decimals(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
