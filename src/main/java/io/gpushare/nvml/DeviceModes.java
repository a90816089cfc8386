package io.gpushare.nvml;

import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.MigMode;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;

/** How a GPU is set up. */
final class DeviceModes {
    private DeviceModes() {}

    static Reading<ComputeMode> compute(Device device) {
        return switch (device.askInt("nvmlDeviceGetComputeMode", NvmlLibrary::nvmlDeviceGetComputeMode)) {
            case Reading.Absent<Integer>(var absence) -> Reading.absent(absence);
            case Reading.Value<Integer>(Integer number) -> computeMode(number);
        };
    }

    static Reading<Boolean> persistence(Device device) {
        return device.askInt("nvmlDeviceGetPersistenceMode", NvmlLibrary::nvmlDeviceGetPersistenceMode)
                .map(DeviceModes::isOn);
    }

    static Reading<MigMode> mig(Device device) {
        Reading<MigMode> mode = device.ask(
                "nvmlDeviceGetMigMode",
                (nvml, handle, answer) -> nvml.nvmlDeviceGetMigMode(handle, answer, answer.share(4)),
                answer -> new MigMode(isOn(answer.getInt(0)), isOn(answer.getInt(4))));
        mode.asOptional().ifPresent(known -> device.rememberMig(known.current()));
        return mode;
    }

    private static boolean isOn(int state) {
        return state != 0;
    }

    private static Reading<ComputeMode> computeMode(int number) {
        return switch (number) {
            case 0 -> Reading.of(ComputeMode.DEFAULT);
            case 1 -> Reading.of(ComputeMode.EXCLUSIVE_THREAD);
            case 2 -> Reading.of(ComputeMode.PROHIBITED);
            case 3 -> Reading.of(ComputeMode.EXCLUSIVE_PROCESS);
            default -> Reading.absent(new Absence(Absence.Kind.FAILED, "unknown compute mode " + number));
        };
    }
}
