package io.gpushare.cli.terminal;

import java.util.Locale;

/** Numbers as people read them. */
public final class Units {
    private static final double BYTES_PER_GIB = 1L << 30;
    private static final double BYTES_PER_MIB = 1L << 20;

    private Units() {}

    /** In GiB with one decimal. */
    public static String gib(long bytes) {
        return "%.1f".formatted(bytes / BYTES_PER_GIB);
    }

    /** With a unit that keeps the number short. */
    public static String bytes(long bytes) {
        if (bytes >= BYTES_PER_GIB) {
            return "%.1f GiB".formatted(bytes / BYTES_PER_GIB);
        }
        return "%.0f MiB".formatted(bytes / BYTES_PER_MIB);
    }

    public static String decimals(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
