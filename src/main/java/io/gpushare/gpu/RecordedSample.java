package io.gpushare.gpu;

/** @param timestampMicros the driver's time: microseconds of Unix time */
public record RecordedSample(long timestampMicros, double value) {}
