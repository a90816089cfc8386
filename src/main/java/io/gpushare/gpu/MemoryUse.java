package io.gpushare.gpu;

/**
 * Used memory excludes what the driver reserves for itself, except with drivers before 510: they do not tell the two
 * apart, and the reserve is 0.
 */
public record MemoryUse(long totalBytes, long reservedBytes, long freeBytes, long usedBytes) {}
