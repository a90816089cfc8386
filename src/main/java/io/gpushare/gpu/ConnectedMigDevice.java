package io.gpushare.gpu;

import io.gpushare.gpu.DriverConnection.Open;
import io.gpushare.reading.Reading;
import java.util.List;

/** A MIG device that goes with the connection on which it was listed. */
record ConnectedMigDevice(DriverConnection connection, Open open, MigDevice device) implements MigDevice {
    @Override
    public MigIdentity identity() {
        return device.identity();
    }

    @Override
    public Reading<MemoryUse> memory() {
        return connection.ask(open, device::memory);
    }

    @Override
    public Reading<List<GpuProcess>> processes() {
        return connection.ask(open, device::processes);
    }

    @Override
    public Reading<Gpm> gpm() {
        return connection.ask(open, device::gpm).map(gpm -> ReopenableGpu.bound(connection, open, gpm));
    }

    @Override
    public String toString() {
        return device.toString();
    }
}
