package io.gpushare.amount;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people type and read them: {@code 250ms}, {@code 30s}, {@code 1.5m}, {@code 2h}. */
public final class TimeSpan {
    private static final Pattern SYNTAX = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)?");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1), "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));
    private static final Duration LONGEST = Duration.ofDays(366);

    private TimeSpan() {}

    /**
     * A bare number is seconds.
     *
     * @throws IllegalArgumentException whose message is a sentence for the user
     */
    public static Duration parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration; write it as 250ms, 30s, 5m or 1h");
        }
        Duration unit = UNITS.get(matcher.group(2) == null ? "s" : matcher.group(2));
        BigDecimal nanos = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unit == null ? 1 : unit.toNanos()))
                .setScale(0, RoundingMode.HALF_UP);
        if (nanos.signum() == 0 || nanos.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) > 0) {
            throw new IllegalArgumentException("'" + text + "' must be longer than nothing and at most a year");
        }
        return Duration.ofNanos(nanos.longValueExact());
    }

    /** In the largest unit that makes a whole number of it; {@link #parse} gives the same duration back. */
    public static String text(Duration duration) {
        for (String unit : new String[] {"h", "m", "s", "ms"}) {
            Duration one = UNITS.get(unit);
            if (one != null && duration.toNanos() % one.toNanos() == 0) {
                return duration.toNanos() / one.toNanos() + unit;
            }
        }
        return BigDecimal.valueOf(duration.toNanos(), 6).toPlainString() + "ms";
    }
}
