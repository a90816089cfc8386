package io.gpushare.run.stage;

import io.gpushare.cores.OwnCores;
import io.gpushare.mode.Placement;
import io.gpushare.plan.Layer;
import io.gpushare.plan.TenantPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tenants that are measured together: all of a shared run, or one for a baseline.
 *
 * @param name as a person reads it, and as the phase of the samples
 * @param longest how long the measurement may last if it is worth going on after {@code duration}
 * @param memoryFraction of the GPU's memory, for each of its tenants
 * @param layer put on all of its tenants
 * @param together whether it begins at the same instant on other GPUs of the host, if the plan runs on some
 * @param logPrefix of the names of its tenants' log files
 */
public record StagePlan(
        String name,
        String logPrefix,
        List<TenantPlan> tenants,
        List<Placement> placements,
        OwnCores cores,
        Duration duration,
        Duration longest,
        String runId,
        long seed,
        String memoryFraction,
        Optional<Layer> layer,
        boolean together) {
    public StagePlan {
        tenants = List.copyOf(tenants);
        placements = List.copyOf(placements);
    }
}
