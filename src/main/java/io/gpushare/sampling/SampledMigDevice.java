package io.gpushare.sampling;

import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.reading.Reading;
import java.util.List;

/**
 * A MIG device as it was listed last: the driver's own are of no use any more when the driver was closed in between.
 */
final class SampledMigDevice implements MigDevice {
    private volatile MigDevice present;

    SampledMigDevice(MigDevice first) {
        this.present = first;
    }

    void listedAgain(MigDevice again) {
        present = again;
    }

    @Override
    public MigIdentity identity() {
        return present.identity();
    }

    @Override
    public Reading<MemoryUse> memory() {
        return present.memory();
    }

    @Override
    public Reading<List<GpuProcess>> processes() {
        return present.processes();
    }

    @Override
    public Reading<Gpm> gpm() {
        return present.gpm();
    }
}
