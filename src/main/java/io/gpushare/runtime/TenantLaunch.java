package io.gpushare.runtime;

import io.gpushare.cores.CpuSet;
import io.gpushare.load.words.LoadWords;
import io.gpushare.mode.Placement;
import io.gpushare.workload.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A tenant to start.
 *
 * @param runId marks everything that belongs to the run, so that it can be found and removed
 * @param arguments added to the workload's command
 * @param environment added to the workload's and the placement's
 * @param cpus on which alone it may run; empty where the kernel places it
 * @param load that is to be put on it; empty where it serves nobody
 * @param port on which it listens, so that it can be reached at this number of 127.0.0.1
 */
public record TenantLaunch(
        String runId,
        int number,
        Workload workload,
        List<String> arguments,
        Map<String, String> environment,
        Placement placement,
        Optional<CpuSet> cpus,
        Optional<LoadWords> load,
        OptionalInt port) {
    public TenantLaunch {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** As in {@code tenant 2 (resnet-train)}. */
    public String words() {
        return "tenant " + number + " (" + workload.name() + ")";
    }
}
