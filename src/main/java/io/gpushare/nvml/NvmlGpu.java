package io.gpushare.nvml;

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
import io.gpushare.gpu.ProcessUtilization;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.gpu.RecordedSample;
import io.gpushare.gpu.Utilization;
import io.gpushare.gpu.XidWatch;
import io.gpushare.reading.Reading;
import java.util.List;
import java.util.Set;

/** A GPU behind its NVML handle: which question goes where. */
final class NvmlGpu implements Gpu {
    private final Device device;
    private final GpuIdentity identity;

    NvmlGpu(Device device, GpuIdentity identity) {
        this.device = device;
        this.identity = identity;
    }

    @Override
    public GpuIdentity identity() {
        return identity;
    }

    @Override
    public Reading<Utilization> utilization() {
        return CheapReadings.utilization(device);
    }

    @Override
    public Reading<Double> powerW() {
        return CheapReadings.powerW(device);
    }

    @Override
    public Reading<Integer> temperatureC() {
        return CheapReadings.temperatureC(device);
    }

    @Override
    public Reading<Integer> clockMhz(ClockDomain domain) {
        return CheapReadings.clockMhz(device, domain);
    }

    @Override
    public Reading<Set<ClockEvent>> clockEvents() {
        return CheapReadings.clockEvents(device);
    }

    @Override
    public Reading<Integer> performanceState() {
        return CheapReadings.performanceState(device);
    }

    @Override
    public Reading<MemoryUse> memory() {
        return MemoryReadings.memory(device);
    }

    @Override
    public Reading<List<GpuProcess>> processes() {
        return ProcessLists.processes(device);
    }

    @Override
    public Reading<List<RecordedSample>> recordedSamples(RecordedKind kind, long sinceMicros) {
        return DriverRecords.samples(device, kind, sinceMicros);
    }

    @Override
    public Reading<List<ProcessUtilization>> processUtilization(long sinceMicros) {
        return DriverRecords.processUtilization(device, sinceMicros);
    }

    @Override
    public Reading<Long> energyMillijoules() {
        return device.askLong("nvmlDeviceGetTotalEnergyConsumption", NvmlLibrary::nvmlDeviceGetTotalEnergyConsumption);
    }

    @Override
    public Reading<Gpm> gpm() {
        return NvmlGpm.ofGpu(device);
    }

    @Override
    public Reading<XidWatch> watchXid() {
        return NvmlXidWatch.on(device);
    }

    @Override
    public Reading<Integer> maxClockMhz(ClockDomain domain) {
        return CheapReadings.maxClockMhz(device, domain);
    }

    @Override
    public Reading<Double> powerLimitW() {
        return CheapReadings.powerLimitW(device);
    }

    @Override
    public Reading<ComputeMode> computeMode() {
        return DeviceModes.compute(device);
    }

    @Override
    public Reading<Boolean> persistenceMode() {
        return DeviceModes.persistence(device);
    }

    @Override
    public Reading<MigMode> migMode() {
        return DeviceModes.mig(device);
    }

    @Override
    public Reading<Set<Integer>> nearCpus() {
        return DeviceModes.nearCpus(device);
    }

    @Override
    public Reading<List<MigDevice>> migDevices() {
        return MigDevices.of(device);
    }

    @Override
    public Reading<List<MigProfile>> migProfiles() {
        return MigProfiles.of(device);
    }

    @Override
    public String toString() {
        return "GPU " + identity.index() + " (" + identity.name() + ")";
    }
}
