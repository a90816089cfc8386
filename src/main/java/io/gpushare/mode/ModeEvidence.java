package io.gpushare.mode;

import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.Reading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Seen while the tenants ran.
 *
 * @param gpuProcesses all that were on the GPU, each once
 * @param tenants by number
 */
public record ModeEvidence(Reading<List<GpuProcess>> gpuProcesses, List<TenantEvidence> tenants) {
    public ModeEvidence {
        tenants = List.copyOf(tenants);
    }

    /**
     * @param device UUID of the device that the tenant itself saw, if it uses one
     * @param smCount of that device, as the tenant saw it
     * @param processes in the host's numbering
     */
    public record TenantEvidence(Optional<String> device, OptionalInt smCount, Set<Integer> processes) {
        public TenantEvidence {
            processes = Set.copyOf(processes);
        }
    }
}
