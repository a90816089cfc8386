package io.gpushare.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Amounts as people read them, with the same decimal point whatever the locale. */
public final class Amount {
    private static final double BYTES_PER_GIB = 1L << 30;
    private static final double BYTES_PER_MIB = 1L << 20;

    private Amount() {}

    /** A count and what is counted, as in "1 GPU" and "2 GPUs". */
    public static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** Names in a sentence, as in "a, b and c". */
    public static String list(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    /** An amount in GiB with one decimal, without its unit. */
    public static String gib(long bytes) {
        return decimals(bytes / BYTES_PER_GIB, 1);
    }

    /** An amount in GiB, or in MiB where it is less than one GiB, with its unit. */
    public static String bytes(long bytes) {
        if (bytes >= BYTES_PER_GIB) {
            return gib(bytes) + " GiB";
        }
        return decimals(bytes / BYTES_PER_MIB, 0) + " MiB";
    }

    /**
     * Without {@code String.format}, which loads the data of locales for its decimal point: a tenth of a second.
     *
     * @param value finite
     */
    public static String decimals(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }
}
