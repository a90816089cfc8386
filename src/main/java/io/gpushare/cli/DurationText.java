package io.gpushare.cli;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people type them: {@code 250ms}, {@code 30s}, {@code 1.5m}, {@code 2h}; a bare number is seconds. */
final class DurationText implements ITypeConverter<Duration> {
    private static final Pattern SYNTAX = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)?");
    private static final Map<String, Double> SECONDS_PER_UNIT = Map.of("ms", 0.001, "s", 1.0, "m", 60.0, "h", 3600.0);
    private static final double LONGEST_SECONDS = Duration.ofDays(366).toSeconds();

    @Override
    public Duration convert(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is not a duration; write it as 250ms, 30s, 5m or 1h");
        }
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        double seconds = Double.parseDouble(matcher.group(1)) * SECONDS_PER_UNIT.getOrDefault(unit, 1.0);
        Duration duration = Duration.ofNanos(Math.round(seconds * 1e9));
        if (duration.isZero() || seconds > LONGEST_SECONDS) {
            throw new TypeConversionException("'" + text + "' must be longer than nothing and at most a year");
        }
        return duration;
    }

    /** As a clock shows it: {@code 0:07}, {@code 12:30}, {@code 1:02:03}. */
    static String clock(Duration duration) {
        long hours = duration.toHours();
        return hours > 0
                ? "%d:%02d:%02d".formatted(hours, duration.toMinutesPart(), duration.toSecondsPart())
                : "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
    }
}
