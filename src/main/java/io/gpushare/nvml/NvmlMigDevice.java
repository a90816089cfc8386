package io.gpushare.nvml;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.gpu.MigMode;
import io.gpushare.nvml.Layout.DeviceAttributes;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.ArrayList;
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

    /** Those of a GPU, as the driver lists them now. */
    static Reading<List<MigDevice>> of(Device gpu) {
        return switch (gpu.mig()) {
            case Reading.Value<MigMode>(MigMode mode) when mode.current() -> list(gpu);
            case Reading.Value<MigMode> off -> Reading.of(List.of());
            case Reading.Absent<MigMode>(Absence absence)
            when absence.kind() == Absence.Kind.NOT_SUPPORTED -> Reading.of(List.of());
            case Reading.Absent<MigMode>(Absence absence) -> Reading.absent(absence);
        };
    }

    private static Reading<List<MigDevice>> list(Device gpu) {
        return gpu.askInt("nvmlDeviceGetMaxMigDeviceCount", NvmlLibrary::nvmlDeviceGetMaxMigDeviceCount)
                .flatMap(count -> list(gpu, count));
    }

    private static Reading<List<MigDevice>> list(Device gpu, int places) {
        List<MigDevice> found = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            Memory answer = Scratch.ofThread();
            int code = gpu.nvml().nvmlDeviceGetMigDeviceHandleByIndex(gpu.handle(), place, answer);
            if (code == NvmlReturn.NOT_FOUND) {
                continue;
            }
            if (code != NvmlReturn.SUCCESS) {
                return gpu.absent(code, "nvmlDeviceGetMigDeviceHandleByIndex");
            }
            Pointer handle = answer.getPointer(0);
            switch (read(gpu, Device.mig(gpu.session(), handle))) {
                case Reading.Value<MigDevice>(MigDevice device) -> found.add(device);
                case Reading.Absent<MigDevice>(Absence absence) -> {
                    return Reading.absent(absence);
                }
            }
        }
        return Reading.of(List.copyOf(found));
    }

    private static Reading<MigDevice> read(Device gpu, Device device) {
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
                            found -> found.getLong(DeviceAttributes.MEMORY_MIB) * MIB));
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

    @Override
    public MigIdentity identity() {
        return identity;
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
    public Reading<Gpm> gpm() {
        return NvmlGpm.ofInstance(gpu, identity.gpuInstance());
    }

    @Override
    public String toString() {
        return "MIG " + identity.name() + " (" + identity.uuid() + ")";
    }
}
