package io.gpushare.gpu;

/** Percentages over the driver's last sample period that ended at the timestamp. */
public record ProcessUtilization(int pid, long timestampMicros, int smPercent, int memoryPercent) {}
