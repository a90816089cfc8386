package io.gpushare.sim.device;

import io.gpushare.gpu.ClockDomain;
import io.gpushare.gpu.ClockEvent;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.gpu.MigMode;
import io.gpushare.gpu.MigPlacement;
import io.gpushare.gpu.MigProfile;
import io.gpushare.gpu.PciId;
import io.gpushare.gpu.ProcessUtilization;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.gpu.RecordedSample;
import io.gpushare.gpu.Utilization;
import io.gpushare.gpu.XidEvent;
import io.gpushare.gpu.XidWatch;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sim.model.GpuProfile;
import io.gpushare.sim.model.MigPart;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Answers as the driver of such a card would, absences included. */
public final class SimulatedGpu implements Gpu {
    public static final Absence NOT_SIMULATED = new Absence(Absence.Kind.NOT_SUPPORTED, "not simulated");

    private final SimulatedMachine machine;
    private final GpuProfile profile;

    public SimulatedGpu(SimulatedMachine machine) {
        this.machine = machine;
        this.profile = machine.profile();
    }

    @Override
    public GpuIdentity identity() {
        return new GpuIdentity(
                machine.index(),
                machine.gpuUuid(),
                profile.title() + " (simulated)",
                Reading.absent(NOT_SIMULATED),
                Reading.of(PciId.read(profile.pciId()).orElseThrow()),
                Reading.of(profile.computeCapability()),
                Reading.absent(NOT_SIMULATED),
                Reading.of(profile.sms() * profile.coresPerSm()),
                Reading.absent(NOT_SIMULATED),
                Reading.absent(NOT_SIMULATED));
    }

    @Override
    public Reading<Utilization> utilization() {
        return machine.migEnabled()
                ? Reading.absent(Absence.Kind.UNDER_MIG)
                : Reading.of(machine.read(board -> new Utilization(board.busyPercent(), board.memoryPercent())));
    }

    @Override
    public Reading<Double> powerW() {
        return Reading.of(machine.read(Board::averageW));
    }

    @Override
    public Reading<Integer> temperatureC() {
        return Reading.of(machine.read(Board::temperatureC));
    }

    @Override
    public Reading<Integer> clockMhz(ClockDomain domain) {
        double share = switch (domain) {
            case GRAPHICS, SM -> machine.read(Board::clockShare);
            case MEMORY, VIDEO -> 1.0;
        };
        return maxClockMhz(domain).map(most -> (int) Math.round(most * share));
    }

    @Override
    public Reading<Set<ClockEvent>> clockEvents() {
        return Reading.of(machine.read(board -> {
            if (board.capped()) {
                return Set.of(ClockEvent.SOFTWARE_POWER_CAP);
            }
            return board.busyPercent() == 0 ? Set.of(ClockEvent.IDLE) : Set.of();
        }));
    }

    @Override
    public Reading<Integer> performanceState() {
        return Reading.of(0);
    }

    @Override
    public Reading<MemoryUse> memory() {
        long used = machine.holdings().stream()
                .mapToLong(SimulatedMachine.Holding::memoryBytes)
                .sum();
        return Reading.of(new MemoryUse(
                profile.memoryBytes(),
                profile.reservedBytes(),
                profile.memoryBytes() - profile.reservedBytes() - used,
                used));
    }

    @Override
    public Reading<List<GpuProcess>> processes() {
        return Reading.of(machine.holdings().stream().map(SimulatedGpu::process).toList());
    }

    static GpuProcess process(SimulatedMachine.Holding holding) {
        Part part = holding.part();
        boolean mig = part.mig().isPresent();
        return new GpuProcess(
                holding.pid(),
                holding.daemon().isPresent() ? GpuProcess.Kind.MPS_CLIENT : GpuProcess.Kind.COMPUTE,
                Reading.of(holding.memoryBytes()),
                mig ? OptionalInt.of(part.gpuInstance()) : OptionalInt.empty(),
                mig ? OptionalInt.of(part.computeInstance()) : OptionalInt.empty());
    }

    @Override
    public Reading<List<RecordedSample>> recordedSamples(RecordedKind kind, long sinceMicros) {
        if (kind != RecordedKind.POWER && machine.migEnabled()) {
            return Reading.absent(Absence.Kind.UNDER_MIG);
        }
        List<RecordedSample> samples = machine.read(board -> board.recorded(kind, sinceMicros));
        return samples.isEmpty() ? Reading.absent(Absence.Kind.NO_DATA) : Reading.of(samples);
    }

    @Override
    public Reading<List<ProcessUtilization>> processUtilization(long sinceMicros) {
        if (machine.migEnabled()) {
            return Reading.absent(Absence.Kind.UNDER_MIG);
        }
        List<ProcessUtilization> samples = machine.processRecord().samples().stream()
                .filter(sample -> sample.timestampMicros() > sinceMicros)
                .toList();
        return samples.isEmpty() ? Reading.absent(Absence.Kind.NO_DATA) : Reading.of(samples);
    }

    @Override
    public Reading<Long> energyMillijoules() {
        return Reading.of(machine.read(Board::millijoules));
    }

    @Override
    public Reading<Gpm> gpm() {
        return profile.counters()
                ? Reading.of(new SimulatedGpm(machine, null))
                : Reading.absent(Absence.Kind.NOT_SUPPORTED);
    }

    /** A simulated GPU has no faults. */
    @Override
    public Reading<XidWatch> watchXid() {
        return Reading.of(new XidWatch() {
            @Override
            public Reading<List<XidEvent>> poll() {
                return Reading.of(List.of());
            }

            @Override
            public void close() {}
        });
    }

    @Override
    public Reading<Integer> maxClockMhz(ClockDomain domain) {
        return Reading.of(
                switch (domain) {
                    case GRAPHICS, SM -> profile.clockMhz();
                    case MEMORY -> profile.memoryClockMhz();
                    case VIDEO -> profile.videoClockMhz();
                });
    }

    @Override
    public Reading<Double> powerLimitW() {
        return Reading.of(profile.limitW());
    }

    @Override
    public Reading<ComputeMode> computeMode() {
        return machine.setup().computeMode();
    }

    @Override
    public Reading<Boolean> persistenceMode() {
        return Reading.of(true);
    }

    @Override
    public Reading<MigMode> migMode() {
        boolean enabled = machine.migEnabled();
        return profile.mig().isEmpty()
                ? Reading.absent(Absence.Kind.NOT_SUPPORTED)
                : Reading.of(new MigMode(enabled, enabled));
    }

    /** It is in no host. */
    @Override
    public Reading<Set<Integer>> nearCpus() {
        return Reading.absent(Absence.Kind.NOT_SUPPORTED);
    }

    @Override
    public Reading<List<MigDevice>> migDevices() {
        return Reading.of(machine.parts().stream()
                .flatMap(part ->
                        part.mig().stream().map(place -> (MigDevice) new SimulatedMigDevice(machine, part, place)))
                .toList());
    }

    @Override
    public Reading<List<MigProfile>> migProfiles() {
        return profile.mig().isEmpty() ? Reading.absent(Absence.Kind.NOT_SUPPORTED) : Reading.of(profile.migProfiles());
    }

    static boolean overlap(MigPlacement one, MigPlacement other) {
        return one.start() < other.start() + other.size() && other.start() < one.start() + one.size();
    }

    /** One MIG device of the simulated GPU. */
    private record SimulatedMigDevice(SimulatedMachine machine, Part part, MigPart place) implements MigDevice {
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
}
