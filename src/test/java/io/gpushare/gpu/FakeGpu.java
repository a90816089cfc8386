package io.gpushare.gpu;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A GPU that answers what the test says and remembers what it was asked and what is still open. Begins as an idle H200.
 */
public final class FakeGpu implements Gpu {
    private static final int POWER_RING = 119;
    private static final int UTILIZATION_RING = 71;

    public final Script<Utilization> utilization = new Script<>(Reading.of(new Utilization(0, 0)));
    public final Script<Double> powerW = new Script<>(Reading.of(76.5));
    public final Script<Integer> temperatureC = new Script<>(Reading.of(31));
    public final Script<Integer> smClockMhz = new Script<>(Reading.of(345));
    public final Script<Integer> memoryClockMhz = new Script<>(Reading.of(3201));
    public final Script<Set<ClockEvent>> clockEvents = new Script<>(Reading.of(Set.of(ClockEvent.IDLE)));
    public final Script<Integer> performanceState = new Script<>(Reading.of(0));
    public final Script<MemoryUse> memory =
            new Script<>(Reading.of(new MemoryUse(150_754_820_096L, 0, 150_754_820_096L, 0)));
    public final Script<List<GpuProcess>> processes = new Script<>(Reading.of(List.of()));
    public final Script<List<ProcessUtilization>> processUtilization =
            new Script<>(Reading.absent(Absence.Kind.NO_DATA));
    public final Script<Long> energyMillijoules = new Script<>(Reading.of(1_000_000L));
    public final Script<Map<GpmMetric, Reading<Double>>> gpm = new Script<>(Reading.absent(Absence.Kind.NO_DATA));
    public final Script<List<XidEvent>> xid = new Script<>(Reading.of(List.of()));
    public final Script<List<RecordedSample>> ringFailure = new Script<>(Reading.absent(Absence.Kind.FAILED));
    public final Script<MigMode> migMode = new Script<>(Reading.of(new MigMode(false, false)));
    public final Script<List<MigDevice>> migDevices = new Script<>(Reading.of(List.of()));
    public final Map<RecordedKind, FakeRing> rings = new EnumMap<>(RecordedKind.class);
    public Reading<Set<Integer>> nearCpus = Reading.absent(Absence.Kind.NOT_SUPPORTED);
    public volatile boolean ringsFail;

    private final GpuIdentity identity;
    private final AtomicInteger open = new AtomicInteger();

    public FakeGpu(int index) {
        this(new GpuIdentity(
                index,
                "GPU-00000000-0000-0000-0000-00000000000" + index,
                "NVIDIA H200",
                Reading.of("0000:0" + index + ":00.0"),
                Reading.of(new PciId(0x233510DE, Optional.of(0x18BF10DE))),
                Reading.of("9.0"),
                Reading.of(index),
                Reading.of(16_896),
                Reading.absent(Absence.Kind.NO_PERMISSION),
                Reading.of("96.00.BC.00.01")));
    }

    public FakeGpu(GpuIdentity identity) {
        this.identity = identity;
        rings.put(RecordedKind.POWER, new FakeRing(POWER_RING));
        rings.put(RecordedKind.GPU_UTILIZATION, new FakeRing(UTILIZATION_RING));
        rings.put(RecordedKind.MEMORY_UTILIZATION, new FakeRing(UTILIZATION_RING));
    }

    public FakeRing ring(RecordedKind kind) {
        FakeRing ring = rings.get(kind);
        if (ring == null) {
            throw new IllegalArgumentException("no ring for " + kind);
        }
        return ring;
    }

    /** GPM and Xid watches that were opened and not closed. */
    public int openResources() {
        return open.get();
    }

    @Override
    public GpuIdentity identity() {
        return identity;
    }

    @Override
    public Reading<Utilization> utilization() {
        return utilization.ask();
    }

    @Override
    public Reading<Double> powerW() {
        return powerW.ask();
    }

    @Override
    public Reading<Integer> temperatureC() {
        return temperatureC.ask();
    }

    @Override
    public Reading<Integer> clockMhz(ClockDomain domain) {
        return switch (domain) {
            case SM, GRAPHICS, VIDEO -> smClockMhz.ask();
            case MEMORY -> memoryClockMhz.ask();
        };
    }

    @Override
    public Reading<Set<ClockEvent>> clockEvents() {
        return clockEvents.ask();
    }

    @Override
    public Reading<Integer> performanceState() {
        return performanceState.ask();
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
    public Reading<List<RecordedSample>> recordedSamples(RecordedKind kind, long sinceMicros) {
        return ringsFail ? ringFailure.ask() : ring(kind).newerThan(sinceMicros);
    }

    @Override
    public Reading<List<ProcessUtilization>> processUtilization(long sinceMicros) {
        return processUtilization.ask();
    }

    @Override
    public Reading<Long> energyMillijoules() {
        return energyMillijoules.ask();
    }

    @Override
    public Reading<Gpm> gpm() {
        open.incrementAndGet();
        return Reading.of(new Gpm() {
            @Override
            public Reading<Map<GpmMetric, Reading<Double>>> next() {
                return gpm.ask();
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        });
    }

    @Override
    public Reading<XidWatch> watchXid() {
        open.incrementAndGet();
        return Reading.of(new XidWatch() {
            @Override
            public Reading<List<XidEvent>> poll() {
                return xid.ask();
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        });
    }

    @Override
    public Reading<Integer> maxClockMhz(ClockDomain domain) {
        return Reading.of(domain == ClockDomain.MEMORY ? 3201 : 1980);
    }

    @Override
    public Reading<Double> powerLimitW() {
        return Reading.of(700.0);
    }

    @Override
    public Reading<ComputeMode> computeMode() {
        return Reading.of(ComputeMode.DEFAULT);
    }

    @Override
    public Reading<Boolean> persistenceMode() {
        return Reading.of(true);
    }

    @Override
    public Reading<Set<Integer>> nearCpus() {
        return nearCpus;
    }

    @Override
    public Reading<MigMode> migMode() {
        return migMode.ask();
    }

    @Override
    public Reading<List<MigDevice>> migDevices() {
        return migDevices.ask();
    }

    @Override
    public Reading<List<MigProfile>> migProfiles() {
        return Reading.of(List.of());
    }
}
