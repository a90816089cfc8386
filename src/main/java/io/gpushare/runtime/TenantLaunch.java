package io.gpushare.runtime;

import io.gpushare.cores.CpuSet;
import io.gpushare.mode.Placement;
import io.gpushare.workload.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tenant to start.
 *
 * @param runId marks everything that belongs to the run, so that it can be found and removed
 * @param arguments added to the workload's command
 * @param environment added to the workload's and the placement's
 * @param cpus on which alone it may run; empty where the kernel places it
 */
public record TenantLaunch(
        String runId,
        int number,
        Workload workload,
        List<String> arguments,
        Map<String, String> environment,
        Placement placement,
        Optional<CpuSet> cpus) {
    public TenantLaunch {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** As in {@code tenant 2 (resnet-train)}. */
    public String words() {
        return "tenant " + number + " (" + workload.name() + ")";
    }
}
