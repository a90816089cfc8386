package io.gpushare.nvml;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.nvml.Layout.Memory1;
import io.gpushare.nvml.Layout.Memory2;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;

/** Memory of a GPU or a MIG device. */
final class MemoryReadings {
    private MemoryReadings() {}

    static Reading<MemoryUse> memory(Device device) {
        Reading<MemoryUse> newest =
                device.ask("nvmlDeviceGetMemoryInfo_v2", MemoryReadings::askVersion2, MemoryReadings::decodeVersion2);
        boolean unknownToDriver = newest instanceof Reading.Absent<MemoryUse>(Absence absence)
                && absence.kind() == Absence.Kind.NOT_IN_DRIVER;
        return unknownToDriver
                ? device.ask(
                        "nvmlDeviceGetMemoryInfo", NvmlLibrary::nvmlDeviceGetMemoryInfo, MemoryReadings::decodeVersion1)
                : newest;
    }

    private static int askVersion2(NvmlLibrary nvml, Pointer device, Pointer answer) {
        answer.setInt(0, Memory2.VERSION_WORD);
        return nvml.nvmlDeviceGetMemoryInfo_v2(device, answer);
    }

    private static MemoryUse decodeVersion2(Memory answer) {
        return new MemoryUse(
                answer.getLong(Memory2.TOTAL),
                answer.getLong(Memory2.RESERVED),
                answer.getLong(Memory2.FREE),
                answer.getLong(Memory2.USED));
    }

    /** Such a driver counts its reserve as used and does not say how much it is. */
    private static MemoryUse decodeVersion1(Memory answer) {
        return new MemoryUse(
                answer.getLong(Memory1.TOTAL), 0, answer.getLong(Memory1.FREE), answer.getLong(Memory1.USED));
    }
}
