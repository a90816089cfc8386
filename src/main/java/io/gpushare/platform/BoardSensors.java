package io.gpushare.platform;

import io.gpushare.reading.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Power, temperatures and fans by {@code ipmitool sdr elist full}, whatever the vendor calls them. A sensor is known
 * from its first reading on, which shows its unit.
 */
final class BoardSensors implements Ipmitool.Question {
    private final Map<String, Sensor> known = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    @Override
    public String name() {
        return "ipmi";
    }

    @Override
    public List<String> arguments() {
        return List.of("sdr", "elist", "full");
    }

    @Override
    public Reading<List<SensorReading>> readings(String output) {
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
}
