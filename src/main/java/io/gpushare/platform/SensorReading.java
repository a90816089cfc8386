package io.gpushare.platform;

import io.gpushare.reading.Reading;

/** What a sensor showed at one look. */
public record SensorReading(Sensor sensor, Reading<Double> value) {}
