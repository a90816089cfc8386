package io.gpushare.gpu;

import io.gpushare.reading.Reading;
import java.util.OptionalInt;

/**
 * @param pid in the host's numbering, also for a process in a container
 * @param memoryBytes absent where the driver cannot tell (in a container, under MPS on old drivers)
 */
public record GpuProcess(
        int pid, Kind kind, Reading<Long> memoryBytes, OptionalInt gpuInstance, OptionalInt computeInstance) {
    public enum Kind {
        COMPUTE,
        MPS_CLIENT
    }
}
