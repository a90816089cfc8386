package io.gpushare.runtime.process;

import io.gpushare.mode.Placement;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Workloads that run a program of this machine. */
final class ProcessWorkloads {
    private ProcessWorkloads() {}

    static Workload of(Path folder, Workload.GpuNeed gpu, String... command) {
        return new Workload(
                "trial",
                "A program of this machine.",
                Workload.Kind.STRESS,
                "call",
                gpu,
                folder,
                List.of(command),
                Optional.empty(),
                Workload.Launch.PARALLEL,
                Duration.ofSeconds(30),
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of("FROM", "workload", "WORKLOAD", "yes"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Workload.Origin.FOLDER,
                "0");
    }

    static Workload shell(Path folder, String script) {
        return of(folder, Workload.GpuNeed.NONE, "sh", "-c", script);
    }

    static TenantLaunch launch(int number, Workload workload, String... arguments) {
        return new TenantLaunch(
                "run-" + ProcessHandle.current().pid(),
                number,
                workload,
                List.of(arguments),
                Map.of(),
                Placement.withoutGpu(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }
}
