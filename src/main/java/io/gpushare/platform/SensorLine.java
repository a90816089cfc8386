package io.gpushare.platform;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code ipmitool sdr elist}: {@code Inlet Temp | 04h | ok | 7.1 | 23 degrees C}.
 *
 * @param key tells sensors apart that have one name
 * @param words the reading as it was told: a number with its unit, or that there is none
 */
record SensorLine(String name, String key, String words) {
    private static final Pattern LINE =
            Pattern.compile("(.+?)\\s*\\|\\s*([0-9A-Fa-f]{2,4}h)\\s*\\|[^|]*\\|[^|]*\\|\\s*([^|]*?)\\s*");

    /** Some vendors add states behind a comma: {@code 130 Watts, Presence detected}. */
    private static final Pattern VALUE = Pattern.compile("(-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?) ([A-Za-z ]+)(?:,.*)?");

    record Measured(double value, SensorUnit unit) {}

    static Optional<SensorLine> of(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches()
                ? Optional.of(new SensorLine(parts.group(1).strip(), parts.group(2), parts.group(3)))
                : Optional.empty();
    }

    /** Empty where it has no reading, or in a unit of no interest here. */
    Optional<Measured> measured() {
        Matcher value = VALUE.matcher(words);
        if (!value.matches()) {
            return Optional.empty();
        }
        return SensorUnit.of(value.group(2).strip())
                .map(unit -> new Measured(unit.toOurs(Double.parseDouble(value.group(1))), unit));
    }
}
