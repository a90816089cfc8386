package io.gpushare.sim.device;

import io.gpushare.sim.model.MigChoice;
import java.util.List;

/** How the GPU is set up, as far as tenants notice. */
public sealed interface Division {
    record TimeSliced() implements Division {}

    record Mps() implements Division {}

    record Mig(List<MigChoice.Slice> slices) implements Division {
        public Mig {
            slices = List.copyOf(slices);
        }
    }
}
