package io.gpushare.platform;

import java.util.Optional;

/** Units in which {@code ipmitool} tells of power, heat and fans. What has another is not taken. */
enum SensorUnit {
    WATT("Watts", "W", "w", 0, 1),
    CELSIUS("degrees C", "°C", "c", 0, 1),
    FAHRENHEIT("degrees F", "°C", "c", 32, 1.8),
    KELVIN("degrees K", "°C", "c", 273.15, 1),
    TURNS("RPM", "RPM", "rpm", 0, 1),
    PERCENT("percent", "%", "percent", 0, 1);

    private final String words;
    private final String unit;
    private final String suffix;
    private final double zero;
    private final double ofOurs;

    /**
     * @param zero where our unit begins; {@code ofOurs}: how many of this make one of ours
     */
    SensorUnit(String words, String unit, String suffix, double zero, double ofOurs) {
        this.words = words;
        this.unit = unit;
        this.suffix = suffix;
        this.zero = zero;
        this.ofOurs = ofOurs;
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
        return (value - zero) / ofOurs;
    }
}
