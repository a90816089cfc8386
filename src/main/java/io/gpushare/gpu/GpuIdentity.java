package io.gpushare.gpu;

import io.gpushare.reading.Reading;

/**
 * @param index the driver's number, as in {@code nvidia-smi -i}
 * @param pciId what kind of card it is, as numbers of its maker
 * @param computeCapability as {@code 9.0}
 * @param minorNumber N of {@code /dev/nvidiaN}, which need not be the index
 */
public record GpuIdentity(
        int index,
        String uuid,
        String name,
        Reading<String> pciBusId,
        Reading<PciId> pciId,
        Reading<String> computeCapability,
        Reading<Integer> minorNumber,
        Reading<Integer> cudaCores,
        Reading<String> serial,
        Reading<String> vbios) {

    public Reading<Integer> smCount() {
        return SmCount.of(computeCapability, cudaCores);
    }
}
