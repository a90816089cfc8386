package io.gpushare.platform;

/**
 * Something that is measured again and again.
 *
 * @param metric its name in results: small letters, digits and underscores
 * @param unit as in a metric's name, or empty
 */
public record Sensor(Place place, String metric, String unit) {}
