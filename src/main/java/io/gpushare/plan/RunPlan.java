package io.gpushare.plan;

import io.gpushare.mode.Mount;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One mix in one mode on one GPU, and how to measure it.
 *
 * @param duration of each measurement
 * @param timeout of the whole run, baselines and all; what is under way then is ended and written down
 * @param repeat how often the shared run is measured; baselines once
 * @param samplingInterval of the GPU's cheap readings
 * @param binds folders of the host that containers see
 * @param environment what tenants get besides the usual variables
 * @param gpuCostPerHour in any currency
 */
public record RunPlan(
        SharingMode mode,
        List<TenantPlan> tenants,
        GpuChoice gpu,
        RuntimeChoice runtime,
        GpuAccessChoice gpuAccess,
        Duration duration,
        Duration timeout,
        BaselineChoice baseline,
        int repeat,
        long seed,
        boolean allowBusy,
        Duration samplingInterval,
        List<Mount> binds,
        List<TenantVariable> environment,
        Optional<Double> gpuCostPerHour) {
    public RunPlan {
        tenants = List.copyOf(tenants);
        binds = List.copyOf(binds);
        environment = List.copyOf(environment);
    }

    public boolean simulated() {
        return gpu instanceof GpuChoice.Simulated;
    }

    /** The first tenant of each variant, in order: what baselines are measured of. */
    public List<TenantPlan> variants() {
        Map<String, TenantPlan> first = new LinkedHashMap<>();
        tenants.forEach(tenant -> first.putIfAbsent(tenant.variant(), tenant.with(MpsSettings.NONE)));
        return List.copyOf(first.values());
    }

    /** What may not go as expected although the plan makes sense, in sentences. */
    public List<String> warnings() {
        return ModeCheck.warnings(this);
    }
}
