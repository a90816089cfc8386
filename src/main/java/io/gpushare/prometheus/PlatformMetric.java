package io.gpushare.prometheus;

import java.util.List;

/**
 * What is read of the machine around the GPUs, under a name for each quantity; the sensor is a label.
 *
 * @param unit of the readings that are meant
 * @param ending of their names, which the name of the quantity says already
 */
record PlatformMetric(String name, String help, String unit, String ending) {
    static final List<PlatformMetric> ALL = List.of(
            new PlatformMetric("gpushare_platform_power_watts", "Power by the machine's sensors.", "W", "_w"),
            new PlatformMetric(
                    "gpushare_platform_temperature_celsius", "Temperature by the machine's sensors.", "°C", "_c"),
            new PlatformMetric("gpushare_platform_fan_rpm", "Speed of the machine's fans.", "RPM", "_rpm"));

    String sensor(String reading) {
        return reading.endsWith(ending) ? reading.substring(0, reading.length() - ending.length()) : reading;
    }
}
