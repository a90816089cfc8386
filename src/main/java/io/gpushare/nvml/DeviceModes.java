package io.gpushare.nvml;

import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.MigMode;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.Set;
import java.util.TreeSet;

/** How a GPU is set up. */
final class DeviceModes {
    private static final int AFFINITY_WORDS = Scratch.BYTES / Long.BYTES;

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

    /** A mask, in words of 64 processors. */
    static Reading<Set<Integer>> nearCpus(Device device) {
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
