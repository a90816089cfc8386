package io.gpushare.nvml;

import com.sun.jna.Memory;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.PciId;
import io.gpushare.nvml.Layout.PciInfo;
import io.gpushare.reading.Reading;
import java.util.Optional;
import java.util.function.Function;

/** Who a GPU is. Without name and UUID it cannot be spoken of; the rest may be missing. */
final class Identities {
    private Identities() {}

    static Reading<GpuIdentity> ofGpu(Device device, int index) {
        return uuid(device).flatMap(uuid -> name(device).map(name -> withDetails(device, index, uuid, name)));
    }

    static Reading<String> uuid(Device device) {
        return device.askText("nvmlDeviceGetUUID", NvmlLibrary::nvmlDeviceGetUUID);
    }

    static Reading<String> name(Device device) {
        return device.askText("nvmlDeviceGetName", NvmlLibrary::nvmlDeviceGetName);
    }

    private static GpuIdentity withDetails(Device device, int index, String uuid, String name) {
        return new GpuIdentity(
                index,
                uuid,
                name,
                pci(device, answer -> answer.getString(PciInfo.BUS_ID)),
                pci(device, Identities::pciId),
                computeCapability(device),
                device.askInt("nvmlDeviceGetMinorNumber", NvmlLibrary::nvmlDeviceGetMinorNumber),
                device.askInt("nvmlDeviceGetNumGpuCores", NvmlLibrary::nvmlDeviceGetNumGpuCores),
                device.askText("nvmlDeviceGetSerial", NvmlLibrary::nvmlDeviceGetSerial),
                device.askText("nvmlDeviceGetVbiosVersion", NvmlLibrary::nvmlDeviceGetVbiosVersion));
    }

    private static <T> Reading<T> pci(Device device, Function<Memory, T> decode) {
        return device.ask("nvmlDeviceGetPciInfo_v3", NvmlLibrary::nvmlDeviceGetPciInfo_v3, decode);
    }

    private static PciId pciId(Memory answer) {
        int subsystem = answer.getInt(PciInfo.SUBSYSTEM_ID);
        return new PciId(answer.getInt(PciInfo.DEVICE_ID), subsystem == 0 ? Optional.empty() : Optional.of(subsystem));
    }

    private static Reading<String> computeCapability(Device device) {
        return device.ask(
                "nvmlDeviceGetCudaComputeCapability",
                (nvml, handle, answer) -> nvml.nvmlDeviceGetCudaComputeCapability(handle, answer, answer.share(4)),
                answer -> answer.getInt(0) + "." + answer.getInt(4));
    }
}
