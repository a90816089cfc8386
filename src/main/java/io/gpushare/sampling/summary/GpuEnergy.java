package io.gpushare.sampling.summary;

import io.gpushare.sampling.samples.Subject;
import java.util.List;

/** @param total from the first border to the last */
public record GpuEnergy(Subject gpu, PhaseEnergy total, List<PhaseEnergy> phases) {
    public GpuEnergy {
        phases = List.copyOf(phases);
    }
}
