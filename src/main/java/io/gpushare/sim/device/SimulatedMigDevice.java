package io.gpushare.sim.device;

import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sim.model.MigPart;
import java.util.List;

/** One MIG device of the simulated GPU. */
final class SimulatedMigDevice implements MigDevice {
    private final SimulatedMachine machine;
    private final Part part;
    private final MigPart place;

    SimulatedMigDevice(SimulatedMachine machine, Part part, MigPart place) {
        this.machine = machine;
        this.part = part;
        this.place = place;
    }

    @Override
    public MigIdentity identity() {
        return new MigIdentity(
                part.uuid(),
                place.name(),
                part.gpuInstance(),
                part.computeInstance(),
                Reading.of(place.sms()),
                Reading.of(place.size().memoryBytes()));
    }

    @Override
    public Reading<MemoryUse> memory() {
        long total = place.size().memoryBytes();
        long used = machine.holdings().stream()
                .filter(holding -> holding.part().sharesMemoryWith(part))
                .mapToLong(SimulatedMachine.Holding::memoryBytes)
                .sum();
        return Reading.of(new MemoryUse(total, 0, total - used, used));
    }

    @Override
    public Reading<List<GpuProcess>> processes() {
        return Reading.of(machine.holdings().stream()
                .filter(holding -> holding.part().uuid().equals(part.uuid()))
                .map(SimulatedGpu::process)
                .toList());
    }

    @Override
    public Reading<Gpm> gpm() {
        return machine.profile().counters()
                ? Reading.of(new SimulatedGpm(machine, part))
                : Reading.absent(Absence.Kind.NOT_SUPPORTED);
    }
}
