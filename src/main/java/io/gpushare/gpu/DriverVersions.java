package io.gpushare.gpu;

import io.gpushare.reading.Reading;

/**
 * @param driver kernel driver, as {@code 580.159.04}
 * @param nvml the library in use
 * @param cuda newest CUDA that this driver runs, as {@code 13.0}
 */
public record DriverVersions(Reading<String> driver, Reading<String> nvml, Reading<String> cuda) {}
