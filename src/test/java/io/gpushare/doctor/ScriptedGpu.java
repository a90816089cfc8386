package io.gpushare.doctor;

import io.gpushare.gpu.ClockDomain;
import io.gpushare.gpu.ClockEvent;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigMode;
import io.gpushare.gpu.MigProfile;
import io.gpushare.gpu.PciId;
import io.gpushare.gpu.ProcessUtilization;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.gpu.RecordedSample;
import io.gpushare.gpu.Utilization;
import io.gpushare.gpu.XidWatch;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A GPU in a state that a test sets. Readings that the doctor has no business with are refused. */
final class ScriptedGpu implements Gpu {
    private final GpuIdentity identity;
    private final MemoryUse memory;
    private Reading<MigMode> mig;
    private Reading<ComputeMode> computeMode = Reading.of(ComputeMode.DEFAULT);
    private Reading<Boolean> persistence = Reading.of(true);
    private Reading<List<GpuProcess>> processes = Reading.of(List.of());
    private Reading<Set<ClockEvent>> clockEvents = Reading.of(Set.of(ClockEvent.IDLE));

    private ScriptedGpu(int index, String name, MemoryUse memory, Reading<MigMode> mig) {
        this.identity = new GpuIdentity(
                index,
                "GPU-11111111-2222-3333-4444-55555555555" + index,
                name,
                Reading.of("00000000:00:06.0"),
                Reading.of(new PciId(0x233510DE, Optional.of(0x18BF10DE))),
                Reading.of("9.0"),
                Reading.of(index),
                Reading.absent(Absence.Kind.NOT_IN_DRIVER),
                Reading.absent(Absence.Kind.NOT_SUPPORTED),
                Reading.absent(Absence.Kind.NOT_SUPPORTED));
        this.memory = memory;
        this.mig = mig;
    }

    static ScriptedGpu h200(int index) {
        return new ScriptedGpu(
                index,
                "NVIDIA H200",
                new MemoryUse(143_771L << 20, 616L << 20, 143_156L << 20, 0),
                Reading.of(new MigMode(false, false)));
    }

    static ScriptedGpu t4() {
        return new ScriptedGpu(
                0,
                "Tesla T4",
                new MemoryUse(15_360L << 20, 442L << 20, 14_918L << 20, 0),
                Reading.absent(Absence.Kind.NOT_SUPPORTED));
    }

    ScriptedGpu mig(boolean current, boolean pending) {
        mig = Reading.of(new MigMode(current, pending));
        return this;
    }

    ScriptedGpu computeMode(ComputeMode mode) {
        computeMode = Reading.of(mode);
        return this;
    }

    ScriptedGpu withoutPersistence() {
        persistence = Reading.of(false);
        return this;
    }

    ScriptedGpu usedBy(int pid, Reading<Long> memoryBytes) {
        processes = Reading.of(List.of(
                new GpuProcess(pid, GpuProcess.Kind.COMPUTE, memoryBytes, OptionalInt.empty(), OptionalInt.empty())));
        return this;
    }

    ScriptedGpu heldBackBy(ClockEvent... events) {
        clockEvents = Reading.of(Set.of(events));
        return this;
    }

    @Override
    public GpuIdentity identity() {
        return identity;
    }

    @Override
    public Reading<MemoryUse> memory() {
        return Reading.of(memory);
    }

    @Override
    public Reading<List<GpuProcess>> processes() {
        return processes;
    }

    @Override
    public Reading<Set<ClockEvent>> clockEvents() {
        return clockEvents;
    }

    @Override
    public Reading<Integer> temperatureC() {
        return Reading.of(30);
    }

    @Override
    public Reading<Double> powerW() {
        return Reading.of(76.4);
    }

    @Override
    public Reading<Double> powerLimitW() {
        return Reading.of(700.0);
    }

    @Override
    public Reading<ComputeMode> computeMode() {
        return computeMode;
    }

    @Override
    public Reading<Boolean> persistenceMode() {
        return persistence;
    }

    @Override
    public Reading<Set<Integer>> nearCpus() {
        throw new AssertionError("nobody asks this");
    }

    @Override
    public Reading<MigMode> migMode() {
        return mig;
    }

    @Override
    public Reading<Utilization> utilization() {
        throw unexpected();
    }

    @Override
    public Reading<Integer> clockMhz(ClockDomain domain) {
        throw unexpected();
    }

    @Override
    public Reading<Integer> performanceState() {
        throw unexpected();
    }

    @Override
    public Reading<List<RecordedSample>> recordedSamples(RecordedKind kind, long sinceMicros) {
        throw unexpected();
    }

    @Override
    public Reading<List<ProcessUtilization>> processUtilization(long sinceMicros) {
        throw unexpected();
    }

    @Override
    public Reading<Long> energyMillijoules() {
        throw unexpected();
    }

    @Override
    public Reading<Gpm> gpm() {
        throw unexpected();
    }

    @Override
    public Reading<XidWatch> watchXid() {
        throw unexpected();
    }

    @Override
    public Reading<Integer> maxClockMhz(ClockDomain domain) {
        throw unexpected();
    }

    @Override
    public Reading<List<MigDevice>> migDevices() {
        throw unexpected();
    }

    @Override
    public Reading<List<MigProfile>> migProfiles() {
        throw unexpected();
    }

    private static AssertionError unexpected() {
        return new AssertionError("the doctor asked for a reading that it does not report");
    }
}
