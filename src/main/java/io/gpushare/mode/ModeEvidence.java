package io.gpushare.mode;

import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Seen while the tenants ran.
 *
 * @param gpuProcesses all that were on the GPU, each once
 * @param tenantDevices by tenant number: the UUID of the device that the tenant itself saw, if it uses one
 * @param tenantProcesses by tenant number, in the host's numbering
 */
public record ModeEvidence(
        Reading<List<GpuProcess>> gpuProcesses,
        List<Optional<String>> tenantDevices,
        List<Set<Integer>> tenantProcesses) {
    public ModeEvidence {
        tenantDevices = List.copyOf(tenantDevices);
        tenantProcesses = List.copyOf(tenantProcesses);
    }
}
