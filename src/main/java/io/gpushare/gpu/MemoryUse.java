package io.gpushare.gpu;

/** Used memory excludes what the driver reserves for itself. */
public record MemoryUse(long totalBytes, long reservedBytes, long freeBytes, long usedBytes) {}
