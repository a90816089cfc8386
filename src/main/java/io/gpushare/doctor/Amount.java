package io.gpushare.doctor;

import java.util.Locale;

/** Amounts as a person reads them. */
final class Amount {
    private static final double MIB = 1 << 20;
    private static final double GIB = 1 << 30;

    private Amount() {}

    static String bytes(long bytes) {
        return bytes < GIB
                ? String.format(Locale.ROOT, "%.0f MiB", bytes / MIB)
                : String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
    }

    /** As in "1 GPU" and "2 GPUs". */
    static String of(int count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
