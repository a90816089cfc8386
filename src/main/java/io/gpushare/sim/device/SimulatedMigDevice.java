package io.gpushare.sim.device;

import io.gpushare.gpu.Absence;
import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.gpu.MigPlacement;
import io.gpushare.gpu.Reading;
import io.gpushare.sim.model.GpuProfile;
import io.gpushare.sim.model.MigChoice;
import java.util.List;

/** One MIG device of the simulated GPU. */
final class SimulatedMigDevice implements MigDevice {
    private final Machine machine;
    private final Part part;
    private final MigChoice.Slice slice;

    SimulatedMigDevice(Machine machine, Part part, MigChoice.Slice slice) {
        this.machine = machine;
        this.part = part;
        this.slice = slice;
    }

    @Override
    public MigIdentity identity() {
        GpuProfile.MigSize size = slice.size();
        return new MigIdentity(
                part.uuid(),
                size.name(),
                part.number(),
                0,
                Reading.of(size.sms()),
                Reading.of(size.memoryBytes()),
                Reading.of(new MigPlacement(slice.start(), size.slices())));
    }

    @Override
    public Reading<MemoryUse> memory() {
        long total = slice.size().memoryBytes();
        long used = machine.holdings().stream()
                .filter(holding -> holding.part().uuid().equals(part.uuid()))
                .mapToLong(Machine.Holding::memoryBytes)
                .sum();
        return Reading.of(new MemoryUse(total, 0, total - used, used));
    }

    @Override
    public Reading<List<GpuProcess>> processes() {
        return Reading.of(machine.holdings().stream()
                .filter(holding -> holding.part().uuid().equals(part.uuid()))
                .map(holding -> SimulatedGpu.process(holding, GpuProcess.Kind.COMPUTE))
                .toList());
    }

    @Override
    public Reading<Gpm> gpm() {
        return machine.profile().counters()
                ? Reading.of(new SimulatedGpm(machine, part))
                : Reading.absent(Absence.Kind.NOT_SUPPORTED);
    }
}
