package io.gpushare.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 30s}, {@code 1.5m}, {@code 2h}; a bare number is seconds. */
public final class Durations {
    private static final Pattern SYNTAX = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)?");
    private static final Map<String, Double> SECONDS_PER_UNIT = Map.of("ms", 0.001, "s", 1.0, "m", 60.0, "h", 3600.0);
    private static final Duration IN_SECONDS = Duration.ofSeconds(90);
    private static final Duration IN_MINUTES = Duration.ofMinutes(90);
    private static final double LONGEST_SECONDS = Duration.ofDays(366).toSeconds();

    private Durations() {}

    /**
     * Longer than nothing.
     *
     * @throws IllegalArgumentException with a sentence for the person who wrote it
     */
    public static Duration parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration; write it as 250ms, 30s, 5m or 1h");
        }
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        double seconds = Double.parseDouble(matcher.group(1)) * SECONDS_PER_UNIT.getOrDefault(unit, 1.0);
        Duration duration = Duration.ofNanos(Math.round(seconds * 1e9));
        if (duration.isZero() || seconds > LONGEST_SECONDS) {
            throw new IllegalArgumentException("'" + text + "' must be longer than nothing and at most a year");
        }
        return duration;
    }

    /**
     * Writes a duration in the largest unit that needs no fraction: {@code 90s}, {@code 2m}. {@link #parse} gives the
     * same back.
     */
    public static String text(Duration duration) {
        if (duration.toNanosPart() % 1_000_000 != 0) {
            return BigDecimal.valueOf(duration.toNanos(), 6).toPlainString() + "ms";
        }
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toSecondsPart() != 0) {
            return duration.toSeconds() + "s";
        }
        return duration.toMinutesPart() != 0 ? duration.toMinutes() + "m" : duration.toHours() + "h";
    }

    /** How long something will take: {@code 50 s}, {@code 14 min}, {@code 2 h 5 min}. */
    public static String about(Duration duration) {
        if (duration.compareTo(IN_SECONDS) < 0) {
            return Math.max(1, duration.toSeconds()) + " s";
        }
        if (duration.compareTo(IN_MINUTES) < 0) {
            return duration.plusSeconds(30).toMinutes() + " min";
        }
        return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }

    /** As a clock shows it: {@code 0:07}, {@code 12:30}, {@code 1:02:03}. */
    public static String clock(Duration duration) {
        long hours = duration.toHours();
        return hours > 0
                ? "%d:%02d:%02d".formatted(hours, duration.toMinutesPart(), duration.toSecondsPart())
                : "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
    }
}
