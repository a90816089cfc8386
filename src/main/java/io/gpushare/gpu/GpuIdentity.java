package io.gpushare.gpu;

import io.gpushare.reading.Reading;
import java.util.OptionalInt;

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
    private static final int SMALL = 64;
    private static final int LARGE = 128;

    /** The driver counts cores only: how many make a multiprocessor, each generation decides. */
    public Reading<Integer> smCount() {
        return smCount(computeCapability, cudaCores);
    }

    static Reading<Integer> smCount(Reading<String> computeCapability, Reading<Integer> cudaCores) {
        return computeCapability.flatMap(generation -> {
            OptionalInt each = coresEach(generation);
            return each.isPresent()
                    ? cudaCores.map(cores -> cores / each.getAsInt())
                    : Reading.notMeasured(
                            "how many cores make an SM of compute capability " + generation + " is not known here");
        });
    }

    private static OptionalInt coresEach(String computeCapability) {
        return switch (computeCapability) {
            case "6.0", "7.0", "7.2", "7.5", "8.0" -> OptionalInt.of(SMALL);
            case "6.1", "8.6", "8.7", "8.9", "9.0", "10.0", "10.3", "12.0", "12.1" -> OptionalInt.of(LARGE);
            default -> OptionalInt.empty();
        };
    }
}
