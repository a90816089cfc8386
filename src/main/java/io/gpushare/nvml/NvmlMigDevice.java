package io.gpushare.nvml;

import com.sun.jna.Memory;
import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.gpu.MigPlacement;
import io.gpushare.nvml.Layout.DeviceAttributes;
import io.gpushare.nvml.Layout.GpuInstanceInfo;
import io.gpushare.nvml.Layout.Placement;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.List;

/** A MIG device behind its own handle; what only the GPU can answer goes to the GPU's. */
final class NvmlMigDevice implements MigDevice {
    private static final long MIB = 1024 * 1024;

    private static final Device.Question ATTRIBUTES =
            ((Device.Question) NvmlLibrary::nvmlDeviceGetAttributes_v2).orOlder(NvmlLibrary::nvmlDeviceGetAttributes);

    private final Device gpu;
    private final Device device;
    private final MigIdentity identity;

    private NvmlMigDevice(Device gpu, Device device, MigIdentity identity) {
        this.gpu = gpu;
        this.device = device;
        this.identity = identity;
    }

    static Reading<MigDevice> read(Device gpu, Device device) {
        Reading<String> uuid = Identities.uuid(device);
        Reading<String> name = Identities.name(device);
        Reading<Integer> gpuInstance =
                device.askInt("nvmlDeviceGetGpuInstanceId", NvmlLibrary::nvmlDeviceGetGpuInstanceId);
        Reading<Integer> computeInstance =
                device.askInt("nvmlDeviceGetComputeInstanceId", NvmlLibrary::nvmlDeviceGetComputeInstanceId);
        if (uuid instanceof Reading.Value<String>(String knownUuid)
                && name instanceof Reading.Value<String>(String knownName)
                && gpuInstance instanceof Reading.Value<Integer>(Integer gpuInstanceId)
                && computeInstance instanceof Reading.Value<Integer>(Integer computeInstanceId)) {
            MigIdentity identity = new MigIdentity(
                    knownUuid,
                    MigProfileName.ofDevice(knownName),
                    gpuInstanceId,
                    computeInstanceId,
                    device.ask(
                            "nvmlDeviceGetAttributes_v2", ATTRIBUTES, found -> found.getInt(DeviceAttributes.SM_COUNT)),
                    device.ask(
                            "nvmlDeviceGetAttributes_v2",
                            ATTRIBUTES,
                            found -> found.getLong(DeviceAttributes.MEMORY_MIB) * MIB),
                    placement(gpu, gpuInstanceId));
            return Reading.of(new NvmlMigDevice(gpu, device, identity));
        }
        return Reading.absent(firstAbsence(uuid, name, gpuInstance, computeInstance));
    }

    private static Absence firstAbsence(Reading<?>... readings) {
        for (Reading<?> reading : readings) {
            if (reading instanceof Reading.Absent<?>(Absence absence)) {
                return absence;
            }
        }
        throw new IllegalArgumentException("all readings have values");
    }

    private static Reading<MigPlacement> placement(Device gpu, int gpuInstance) {
        return gpu.ask(
                        "nvmlDeviceGetGpuInstanceById",
                        (nvml, handle, answer) -> nvml.nvmlDeviceGetGpuInstanceById(handle, gpuInstance, answer),
                        answer -> answer.getPointer(0))
                .flatMap(found -> gpu.ask(
                        "nvmlGpuInstanceGetInfo",
                        (nvml, handle, answer) -> nvml.nvmlGpuInstanceGetInfo(found, answer),
                        NvmlMigDevice::decodePlacement));
    }

    private static MigPlacement decodePlacement(Memory info) {
        return new MigPlacement(
                info.getInt(GpuInstanceInfo.PLACEMENT + Placement.START),
                info.getInt(GpuInstanceInfo.PLACEMENT + Placement.LENGTH));
    }

    @Override
    public MigIdentity identity() {
        return identity;
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
    public Reading<Gpm> gpm() {
        return NvmlGpm.ofInstance(gpu, identity.gpuInstance());
    }

    @Override
    public String toString() {
        return "MIG " + identity.name() + " (" + identity.uuid() + ")";
    }
}
