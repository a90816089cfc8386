package io.gpushare.nvml;

import io.gpushare.failure.GpushareException;

/** Why NVML would not start, as a sentence for the user. */
final class StartFailure {
    private StartFailure() {}

    static GpushareException of(int code, NvmlLibrary library) {
        return switch (code) {
            case NvmlReturn.DRIVER_NOT_LOADED ->
                GpushareException.unable(
                        "the NVIDIA kernel driver is not loaded",
                        "Load it with: sudo modprobe nvidia. If that fails, dmesg says why (often a missing build for"
                                + " the running kernel, or no GPU in this machine).");
            case NvmlReturn.NO_PERMISSION ->
                GpushareException.unable(
                        "no permission to talk to the NVIDIA driver",
                        "Check that this user may read and write /dev/nvidiactl and /dev/nvidia0; in a container,"
                                + " start it with GPU access.");
            case NvmlReturn.LIB_RM_VERSION_MISMATCH ->
                GpushareException.unable(
                        "the NVIDIA library and the loaded kernel driver are of different versions",
                        "The driver was probably updated while it was in use: reboot, or stop all GPU programs and"
                                + " reload the nvidia kernel modules. In a container, recreate it.");
            case NvmlReturn.GPU_IS_LOST ->
                GpushareException.unable(
                        "a GPU has fallen off the bus, and the NVIDIA driver does not start",
                        "Reboot the machine; dmesg shows which GPU (lines with Xid 79).");
            case NvmlReturn.FUNCTION_NOT_FOUND ->
                GpushareException.unable(
                        "the library found is not NVML: it has no nvmlInit", "Check " + NvmlLocation.VARIABLE + ".");
            default ->
                GpushareException.unable(
                        "the NVIDIA driver does not start: " + Absences.words(code, library),
                        "Try nvidia-smi; dmesg may say more.");
        };
    }
}
