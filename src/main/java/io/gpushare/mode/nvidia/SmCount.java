package io.gpushare.mode.nvidia;

import io.gpushare.gpu.GpuIdentity;
import java.util.OptionalInt;

/** NVML counts cores only: how many make a multiprocessor, each generation decides. */
final class SmCount {
    private static final int SMALL = 64;
    private static final int LARGE = 128;

    private SmCount() {}

    /** Empty for a generation that is not known here. */
    static OptionalInt of(GpuIdentity gpu) {
        OptionalInt coresEach =
                gpu.computeCapability().asOptional().map(SmCount::coresEach).orElse(OptionalInt.empty());
        if (coresEach.isEmpty() || gpu.cudaCores().asOptional().isEmpty()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(gpu.cudaCores().asOptional().get() / coresEach.getAsInt());
    }

    private static OptionalInt coresEach(String computeCapability) {
        return switch (computeCapability) {
            case "6.0", "7.0", "7.2", "7.5", "8.0" -> OptionalInt.of(SMALL);
            case "6.1", "8.6", "8.7", "8.9", "9.0", "10.0", "10.3", "12.0", "12.1" -> OptionalInt.of(LARGE);
            default -> OptionalInt.empty();
        };
    }
}
