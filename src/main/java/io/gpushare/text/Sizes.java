package io.gpushare.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Amounts of memory as people write them: {@code 512MiB}, {@code 8GiB}, {@code 1.5 TB}; always with a unit. */
public final class Sizes {
    private static final Pattern SYNTAX = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([KMGT]i?B|B)");
    private static final Map<String, Long> BYTES_PER_UNIT = Map.of(
            "B", 1L,
            "KB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "TB", 1_000_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30,
            "TiB", 1L << 40);

    private Sizes() {}

    /**
     * In bytes, more than none.
     *
     * @throws IllegalArgumentException with a sentence for the person who wrote it
     */
    public static long parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size; write it as 512MiB, 8GiB or 1.5TB");
        }
        BigInteger bytes = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(bytesPer(matcher.group(2))))
                .toBigInteger();
        if (bytes.signum() == 0 || bytes.bitLength() > 62) {
            throw new IllegalArgumentException("'" + text + "' must be more than nothing and less than 4 EiB");
        }
        return bytes.longValueExact();
    }

    /**
     * Writes an amount in the largest unit that needs no fraction: {@code 8GiB}, {@code 1536MiB}. {@link #parse} gives
     * the same back.
     */
    public static String text(long bytes) {
        String unit = Stream.of("TiB", "GiB", "MiB", "KiB")
                .filter(larger -> bytes % bytesPer(larger) == 0)
                .findFirst()
                .orElse("B");
        return bytes / bytesPer(unit) + unit;
    }

    private static long bytesPer(String unit) {
        return BYTES_PER_UNIT.getOrDefault(unit, 1L);
    }
}
