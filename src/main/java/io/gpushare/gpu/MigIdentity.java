package io.gpushare.gpu;

import io.gpushare.reading.Reading;

/**
 * @param uuid changes whenever the instance is created again
 * @param name as {@code 3g.71gb}, or {@code 1c.3g.71gb} where the compute instance is smaller than its GPU instance
 */
public record MigIdentity(
        String uuid,
        String name,
        int gpuInstance,
        int computeInstance,
        Reading<Integer> smCount,
        Reading<Long> memoryTotalBytes) {}
