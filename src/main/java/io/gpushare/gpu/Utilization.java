package io.gpushare.gpu;

/**
 * Share of the last sample period in which some kernel (or some memory access) was under way. It says nothing about how
 * full the GPU was: that is GPM.
 */
public record Utilization(int gpuPercent, int memoryPercent) {}
