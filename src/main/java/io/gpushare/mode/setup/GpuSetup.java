package io.gpushare.mode.setup;

import io.gpushare.gpu.ComputeMode;
import io.gpushare.mode.Quantum;
import io.gpushare.reading.Reading;
import java.util.List;

/**
 * How one GPU is set up.
 *
 * @param quantum absent where this driver or card has none to tell, as under MIG
 * @param daemons of ours that run; those of others are not ours to change
 */
public record GpuSetup(
        Reading<Quantum> quantum, Reading<ComputeMode> computeMode, MigSetup mig, List<MpsDaemon> daemons) {
    public GpuSetup {
        daemons = List.copyOf(daemons);
    }

    public GpuSetup with(Quantum wanted) {
        return new GpuSetup(Reading.of(wanted), computeMode, mig, daemons);
    }

    public GpuSetup with(ComputeMode wanted) {
        return new GpuSetup(quantum, Reading.of(wanted), mig, daemons);
    }

    public GpuSetup with(MigSetup wanted) {
        return new GpuSetup(quantum, computeMode, wanted, daemons);
    }

    public GpuSetup with(List<MpsDaemon> wanted) {
        return new GpuSetup(quantum, computeMode, mig, wanted);
    }
}
