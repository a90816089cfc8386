package io.gpushare.platform;

import io.gpushare.reading.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Power, temperatures and fans by {@code ipmitool sdr elist full}, whatever the vendor calls them. A sensor is known
 * from its first reading on, which shows its unit.
 */
final class BoardSensors {
    private final Map<String, Sensor> known = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    Reading<List<SensorReading>> readings(String output) {
        List<SensorReading> readings = new ArrayList<>();
        output.lines()
                .flatMap(line -> SensorLine.of(line).stream())
                .forEach(line -> reading(line).ifPresent(readings::add));
        return readings.isEmpty()
                ? Reading.noData("ipmitool showed no power, temperature or fan")
                : Reading.of(readings);
    }

    private Optional<SensorReading> reading(SensorLine line) {
        String key = line.key() + " " + line.name();
        Optional<SensorLine.Measured> measured = line.measured();
        measured.ifPresent(value -> known.computeIfAbsent(key, _ -> sensor(line, value.unit())));
        return Optional.ofNullable(known.get(key)).map(sensor -> new SensorReading(sensor, value(line, sensor)));
    }

    /** What changes its unit on the way is another quantity: the name of the sensor says which it was. */
    private static Reading<Double> value(SensorLine line, Sensor sensor) {
        return line.measured()
                .filter(measured -> measured.unit().unit().equals(sensor.unit()))
                .map(measured -> Reading.of(measured.value()))
                .orElseGet(() -> Reading.noData(line.words()));
    }

    private Sensor sensor(SensorLine line, SensorUnit unit) {
        String name = SensorName.of(line.name(), unit);
        if (!names.add(name)) {
            name = SensorName.of(line.name() + " " + line.key(), unit);
            names.add(name);
        }
        return new Sensor(new Place.Machine(), name, unit.unit());
    }

    /**
     * A line of {@code ipmitool sdr elist}: {@code Inlet Temp | 04h | ok | 7.1 | 23 degrees C}.
     *
     * @param key tells sensors apart that have one name
     * @param words the reading as it was told: a number with its unit, or that there is none
     */
    private record SensorLine(String name, String key, String words) {
        private static final Pattern LINE =
                Pattern.compile("(.+?)\\s*\\|\\s*([0-9A-Fa-f]{2,4}h)\\s*\\|[^|]*\\|[^|]*\\|\\s*([^|]*?)\\s*");

        /** Some vendors add states behind a comma: {@code 130 Watts, Presence detected}. */
        private static final Pattern VALUE =
                Pattern.compile("(-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?) ([A-Za-z ]+)(?:,.*)?");

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
}
