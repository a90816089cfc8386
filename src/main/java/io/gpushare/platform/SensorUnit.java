package io.gpushare.platform;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Units in which {@code ipmitool} tells of power, heat and fans. What has another is not taken. */
enum SensorUnit {
    WATT("Watts", "W", "w", value -> value),
    CELSIUS("degrees C", "°C", "c", value -> value),
    FAHRENHEIT("degrees F", "°C", "c", value -> (value - 32) / 1.8),
    KELVIN("degrees K", "°C", "c", value -> value - 273.15),
    TURNS("RPM", "RPM", "rpm", value -> value),
    PERCENT("percent", "%", "percent", value -> value);

    private final String words;
    private final String unit;
    private final String suffix;
    private final DoubleUnaryOperator toOurs;

    SensorUnit(String words, String unit, String suffix, DoubleUnaryOperator toOurs) {
        this.words = words;
        this.unit = unit;
        this.suffix = suffix;
        this.toOurs = toOurs;
    }

    static Optional<SensorUnit> of(String words) {
        for (SensorUnit unit : values()) {
            if (unit.words.equalsIgnoreCase(words)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    /** As it stands in results: temperatures are in degrees Celsius there, whatever they were told in. */
    String unit() {
        return unit;
    }

    String suffix() {
        return suffix;
    }

    double toOurs(double value) {
        return toOurs.applyAsDouble(value);
    }
}
