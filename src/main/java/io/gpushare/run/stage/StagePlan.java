package io.gpushare.run.stage;

import io.gpushare.cores.OwnCores;
import io.gpushare.mode.Placement;
import io.gpushare.plan.Layer;
import io.gpushare.plan.TenantPlan;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tenants that are measured together: all of a shared run, or one for a baseline.
 *
 * @param name as a person reads it, and as the phase of the samples
 * @param longest how long the measurement may last if it is worth going on after {@code duration}
 * @param layer put on all of its tenants
 * @param sharing how many tenants have the memory of one GPU in the shared run, of which each may take its part; 1
 *     where each has memory of its own
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
        int sharing,
        Optional<Layer> layer) {
    /** Of the whole memory, what libraries and contexts leave to those who share it. */
    private static final int SHARED_PERCENT = 90;

    public StagePlan {
        tenants = List.copyOf(tenants);
        placements = List.copyOf(placements);
    }

    /** Of the GPU's memory, for each tenant: as {@code 0.45} of two. A baseline has as much, so that it is the same. */
    String memoryFraction() {
        return String.format(Locale.ROOT, "%.2f", Math.max(1, SHARED_PERCENT / sharing) / 100.0);
    }
}
