package io.gpushare.gpu;

import io.gpushare.reading.Reading;
import java.util.List;
import java.util.Set;

/**
 * One physical GPU. Every method is one question to the driver; the costs in the comments were measured on an H200 and
 * decide how often a sampler may ask. Safe for use by several threads.
 */
public interface Gpu {
    GpuIdentity identity();

    // Cheap: about a microsecond each.

    Reading<Utilization> utilization();

    /** Board power; since Ampere an average over the last second. */
    Reading<Double> powerW();

    Reading<Integer> temperatureC();

    Reading<Integer> clockMhz(ClockDomain domain);

    Reading<Set<ClockEvent>> clockEvents();

    /** 0 is the fastest state, 15 the slowest. */
    Reading<Integer> performanceState();

    /** About 4 µs. */
    Reading<MemoryUse> memory();

    /** 5 µs idle, 21 µs loaded. Compute and MPS clients, each process once. */
    Reading<List<GpuProcess>> processes();

    // Dear: once a second at the most.

    /**
     * The driver's own ring, about 165 µs: samples newer than {@code sinceMicros} (0 for all it has), oldest first. The
     * ring holds 2.4 s of power or 14 s of utilisation.
     */
    Reading<List<RecordedSample>> recordedSamples(RecordedKind kind, long sinceMicros);

    /** About 2 ms. Samples newer than {@code sinceMicros}; NO_DATA when no process ran. */
    Reading<List<ProcessUtilization>> processUtilization(long sinceMicros);

    /** 3 ms, at times 17: the counter moves every 100 ms. */
    Reading<Long> energyMillijoules();

    /** Opens GPM for the whole GPU. The caller closes it. */
    Reading<Gpm> gpm();

    /** Registers for Xid errors. The caller closes it. */
    Reading<XidWatch> watchXid();

    // State: read once.

    Reading<Integer> maxClockMhz(ClockDomain domain);

    Reading<Double> powerLimitW();

    Reading<ComputeMode> computeMode();

    Reading<Boolean> persistenceMode();

    Reading<MigMode> migMode();

    /** The processors of this host that are near it. */
    Reading<Set<Integer>> nearCpus();

    /** Empty when MIG is off or nothing was created. */
    Reading<List<MigDevice>> migDevices();

    Reading<List<MigProfile>> migProfiles();
}
