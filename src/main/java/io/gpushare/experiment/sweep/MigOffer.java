package io.gpushare.experiment.sweep;

import io.gpushare.gpu.MigProfile;
import io.gpushare.plan.RunPlan;
import java.util.List;

/** Tells in which sizes the GPU of a sweep can be divided. */
@FunctionalInterface
public interface MigOffer {
    /** For sweeps that do not ask. */
    MigOffer NOT_ASKED = _ -> List.of();

    /**
     * @param plan a run of the sweep's first tenant alone, which says on which GPU
     * @throws io.gpushare.failure.GpushareException (status UNABLE) where it cannot be divided
     */
    List<MigProfile> of(RunPlan plan);
}
