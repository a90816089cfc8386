package io.gpushare.gpu;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.List;

/** A MIG device that answers what the test says. */
public final class FakeMigDevice implements MigDevice {
    public final Script<MemoryUse> memory =
            new Script<>(Reading.of(new MemoryUse(74_356_621_312L, 0, 74_356_621_312L, 0)));
    public final Script<List<GpuProcess>> processes = new Script<>(Reading.of(List.of()));
    public final Script<Gpm> gpm = new Script<>(Reading.absent(Absence.Kind.NOT_SUPPORTED));

    private final MigIdentity identity;

    public FakeMigDevice(String uuid, String name, int gpuInstance) {
        this(uuid, name, gpuInstance, 0);
    }

    public FakeMigDevice(String uuid, String name, int gpuInstance, int computeInstance) {
        identity =
                new MigIdentity(uuid, name, gpuInstance, computeInstance, Reading.of(60), Reading.of(74_356_621_312L));
    }

    @Override
    public MigIdentity identity() {
        return identity;
    }

    @Override
    public Reading<MemoryUse> memory() {
        return memory.ask();
    }

    @Override
    public Reading<List<GpuProcess>> processes() {
        return processes.ask();
    }

    @Override
    public Reading<Gpm> gpm() {
        return gpm.ask();
    }
}
