package io.gpushare.doctor;

/** Amounts as a person reads them. */
final class Amount {
    private static final double MIB = 1 << 20;
    private static final double GIB = 1 << 30;

    private Amount() {}

    /** Without {@code String.format}, which loads the data of locales for its decimal point: a tenth of a second. */
    static String bytes(long bytes) {
        return bytes < GIB ? Math.round(bytes / MIB) + " MiB" : Math.round(bytes / GIB * 10) / 10.0 + " GiB";
    }

    /** As in "1 GPU" and "2 GPUs". */
    static String of(int count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
