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
import java.util.TreeSet;

/** A GPU behind its NVML handle. What takes more than a question or two is asked elsewhere. */
final class NvmlGpu implements Gpu {
    private static final Device.Question CLOCK_EVENTS = ((Device.Question)
                    NvmlLibrary::nvmlDeviceGetCurrentClocksEventReasons)
            .orOlder(NvmlLibrary::nvmlDeviceGetCurrentClocksThrottleReasons);

    /** What the driver answers where it does not know the performance state. */
    private static final int UNKNOWN_STATE = 32;

    private static final int AFFINITY_WORDS = Scratch.BYTES / Long.BYTES;

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
        return device.ask(
                "nvmlDeviceGetUtilizationRates",
                NvmlLibrary::nvmlDeviceGetUtilizationRates,
                answer -> new Utilization(
                        answer.getInt(Layout.Utilization.GPU), answer.getInt(Layout.Utilization.MEMORY)));
    }

    @Override
    public Reading<Double> powerW() {
        return watts("nvmlDeviceGetPowerUsage", NvmlLibrary::nvmlDeviceGetPowerUsage);
    }

    @Override
    public Reading<Integer> temperatureC() {
        return device.askInt(
                "nvmlDeviceGetTemperature",
                (nvml, handle, answer) -> nvml.nvmlDeviceGetTemperature(handle, NvmlLibrary.TEMPERATURE_GPU, answer));
    }

    @Override
    public Reading<Integer> clockMhz(ClockDomain domain) {
        int number = number(domain);
        return device.askInt(
                "nvmlDeviceGetClockInfo",
                (nvml, handle, answer) -> nvml.nvmlDeviceGetClockInfo(handle, number, answer));
    }

    @Override
    public Reading<Set<ClockEvent>> clockEvents() {
        return device.ask(
                "nvmlDeviceGetCurrentClocksEventReasons",
                CLOCK_EVENTS,
                answer -> ClockEvent.fromBits(answer.getLong(0)));
    }

    @Override
    public Reading<Integer> performanceState() {
        return device.askInt("nvmlDeviceGetPerformanceState", NvmlLibrary::nvmlDeviceGetPerformanceState)
                .flatMap(state -> state == UNKNOWN_STATE
                        ? device.absent(NvmlReturn.NO_DATA, "nvmlDeviceGetPerformanceState")
                        : Reading.of(state));
    }

    @Override
    public Reading<MemoryUse> memory() {
        return device.memory();
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
        int number = number(domain);
        return device.askInt(
                "nvmlDeviceGetMaxClockInfo",
                (nvml, handle, answer) -> nvml.nvmlDeviceGetMaxClockInfo(handle, number, answer));
    }

    @Override
    public Reading<Double> powerLimitW() {
        return watts("nvmlDeviceGetEnforcedPowerLimit", NvmlLibrary::nvmlDeviceGetEnforcedPowerLimit);
    }

    @Override
    public Reading<ComputeMode> computeMode() {
        return device.askInt("nvmlDeviceGetComputeMode", NvmlLibrary::nvmlDeviceGetComputeMode)
                .flatMap(number -> switch (number) {
                    case 0 -> Reading.of(ComputeMode.DEFAULT);
                    case 1 -> Reading.of(ComputeMode.EXCLUSIVE_THREAD);
                    case 2 -> Reading.of(ComputeMode.PROHIBITED);
                    case 3 -> Reading.of(ComputeMode.EXCLUSIVE_PROCESS);
                    default -> Reading.failed("unknown compute mode " + number);
                });
    }

    @Override
    public Reading<Boolean> persistenceMode() {
        return device.askInt("nvmlDeviceGetPersistenceMode", NvmlLibrary::nvmlDeviceGetPersistenceMode)
                .map(state -> state != 0);
    }

    @Override
    public Reading<MigMode> migMode() {
        return device.mig();
    }

    /** The driver answers with a mask, in words of 64 processors. */
    @Override
    public Reading<Set<Integer>> nearCpus() {
        return device.ask(
                "nvmlDeviceGetCpuAffinity",
                (nvml, handle, answer) -> {
                    answer.clear(Scratch.BYTES);
                    return nvml.nvmlDeviceGetCpuAffinity(handle, AFFINITY_WORDS, answer);
                },
                answer -> {
                    Set<Integer> near = new TreeSet<>();
                    for (int cpu = 0; cpu < AFFINITY_WORDS * Long.SIZE; cpu++) {
                        if ((answer.getLong((long) cpu / Long.SIZE * Long.BYTES) >>> cpu % Long.SIZE & 1) != 0) {
                            near.add(cpu);
                        }
                    }
                    return near;
                });
    }

    @Override
    public Reading<List<MigDevice>> migDevices() {
        return NvmlMigDevice.of(device);
    }

    @Override
    public Reading<List<MigProfile>> migProfiles() {
        return MigProfiles.of(device);
    }

    private Reading<Double> watts(String symbol, Device.Question question) {
        return device.ask(symbol, question, milliwatts -> milliwatts.getInt(0) / 1000.0);
    }

    private static int number(ClockDomain domain) {
        return switch (domain) {
            case GRAPHICS -> 0;
            case SM -> 1;
            case MEMORY -> 2;
            case VIDEO -> 3;
        };
    }

    @Override
    public String toString() {
        return "GPU " + identity.index() + " (" + identity.name() + ")";
    }
}
