package io.gpushare.nvml;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigMode;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.ArrayList;
import java.util.List;

/** The MIG devices of a GPU as the driver lists them now. */
final class MigDevices {
    private MigDevices() {}

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
            switch (NvmlMigDevice.read(gpu, Device.mig(gpu.session(), handle))) {
                case Reading.Value<MigDevice>(MigDevice device) -> found.add(device);
                case Reading.Absent<MigDevice>(Absence absence) -> {
                    return Reading.absent(absence);
                }
            }
        }
        return Reading.of(List.copyOf(found));
    }
}
