package io.gpushare.doctor;

import io.gpushare.doctor.GpuState.GpuUser;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuProcess;
import java.util.Optional;

/** Reads the state of one GPU, and the names of the processes on it. */
final class GpuExamination {
    private final ExaminedHost machine;

    GpuExamination(ExaminedHost machine) {
        this.machine = machine;
    }

    GpuState of(Gpu gpu) {
        return new GpuState(
                gpu.identity(),
                gpu.memory(),
                gpu.migMode(),
                gpu.computeMode(),
                gpu.persistenceMode(),
                gpu.processes()
                        .map(processes -> processes.stream().map(this::user).toList()),
                gpu.clockEvents(),
                gpu.temperatureC(),
                gpu.powerW(),
                gpu.powerLimitW());
    }

    /** Inside a container the driver's numbers mean nothing here, and /proc knows no such process. */
    private GpuUser user(GpuProcess process) {
        Optional<String> name =
                SmallFile.read(machine.file("proc/" + process.pid() + "/comm")).map(String::strip);
        return new GpuUser(process.pid(), name, process.memoryBytes());
    }
}
