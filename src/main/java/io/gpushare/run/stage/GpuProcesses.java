package io.gpushare.run.stage;

import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MigDevice;
import io.gpushare.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The processes on a GPU, and what they are called. */
public final class GpuProcesses {
    private static final Path PROC = Path.of("/proc");

    private GpuProcesses() {}

    /** Each once. A divided GPU need not tell those of its parts: these are asked too. */
    public static Reading<List<GpuProcess>> on(Gpu gpu) {
        Reading<List<GpuProcess>> whole = gpu.processes();
        List<MigDevice> devices = gpu.migDevices().asOptional().orElse(List.of());
        if (devices.isEmpty()) {
            return whole;
        }
        Map<Integer, GpuProcess> all = new TreeMap<>();
        boolean everyDeviceTold = true;
        for (MigDevice device : devices) {
            Optional<List<GpuProcess>> told = device.processes().asOptional();
            everyDeviceTold &= told.isPresent();
            told.orElse(List.of()).forEach(process -> all.put(process.pid(), process));
        }
        whole.asOptional().orElse(List.of()).forEach(process -> all.putIfAbsent(process.pid(), process));
        return everyDeviceTold || whole.asOptional().isPresent() ? Reading.of(List.copyOf(all.values())) : whole;
    }

    /** Empty where this system does not show the process. */
    public static Optional<String> name(int pid) {
        try {
            return Optional.of(
                    Files.readString(PROC.resolve(Integer.toString(pid)).resolve("comm"))
                            .strip());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
