package io.gpushare.run;

import io.gpushare.cores.HostCores;
import io.gpushare.cores.OwnCores;
import io.gpushare.cores.Pin;
import io.gpushare.gpu.Gpu;
import io.gpushare.plan.RunPlan;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.run.stage.Bench;
import java.util.Optional;
import java.util.Set;

/** Which tenants of a plan get which cores here. */
final class CoreSharing {
    private CoreSharing() {}

    static OwnCores of(RunPlan plan, Bench bench) {
        if (plan.simulated() || plan.pin() instanceof Pin.None) {
            return OwnCores.NONE;
        }
        return switch (bench.runtime().cores()) {
            case Reading.Value<HostCores>(HostCores host) ->
                OwnCores.of(plan.pin(), host, near(bench.gpu()), plan.tenants().size());
            case Reading.Absent<HostCores>(Absence absence) ->
                OwnCores.without("tenants have no cores to themselves: " + absence.detail());
        };
    }

    private static Set<Integer> near(Optional<Gpu> gpu) {
        return gpu.flatMap(used -> used.nearCpus().asOptional()).orElse(Set.of());
    }
}
