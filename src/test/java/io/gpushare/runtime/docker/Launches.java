package io.gpushare.runtime.docker;

import io.gpushare.cores.CpuSet;
import io.gpushare.mode.Mount;
import io.gpushare.mode.Placement;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.docker.container.DockerOptions;
import io.gpushare.runtime.docker.engine.TestEngine;
import io.gpushare.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** Tenants for tests: a shell that runs a few words. */
public record Launches(
        String runId,
        Optional<Long> memoryBytes,
        Workload.GpuNeed gpu,
        Placement placement,
        String image,
        Optional<CpuSet> cpus) {
    private static final AtomicInteger RUNS = new AtomicInteger();

    public static Launches ofBusybox() {
        return new Launches(
                "test-" + ProcessHandle.current().pid() + "-" + RUNS.incrementAndGet(),
                Optional.empty(),
                Workload.GpuNeed.NONE,
                Placement.withoutGpu(),
                TestEngine.IMAGE,
                Optional.empty());
    }

    Launches memory(long bytes) {
        return new Launches(runId, Optional.of(bytes), gpu, placement, image, cpus);
    }

    Launches image(String name) {
        return new Launches(runId, memoryBytes, gpu, placement, name, cpus);
    }

    Launches onGpu(Placement where) {
        return new Launches(runId, memoryBytes, Workload.GpuNeed.REQUIRED, where, image, cpus);
    }

    Launches on(CpuSet wanted) {
        return new Launches(runId, memoryBytes, gpu, placement, image, Optional.of(wanted));
    }

    public Workload workload(List<String> command) {
        return new Workload(
                "shell",
                "A few words of shell.",
                Workload.Kind.STRESS,
                "word",
                gpu,
                Path.of("/nowhere"),
                command,
                Optional.of(image),
                Workload.Launch.PARALLEL,
                Duration.ofSeconds(10),
                false,
                memoryBytes,
                Optional.of(64.0),
                Map.of(),
                Map.of("FROM_WORKLOAD", "yes"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Workload.Origin.FOLDER,
                "0".repeat(64));
    }

    TenantLaunch shell(int number, String script) {
        return new TenantLaunch(
                runId,
                number,
                workload(List.of("sh", "-c")),
                List.of(script),
                Map.of("GPUSHARE_SEED", "7"),
                placement,
                cpus,
                Optional.empty(),
                OptionalInt.empty());
    }

    TenantLaunch program(int number, String... command) {
        return new TenantLaunch(
                runId,
                number,
                workload(List.of(command)),
                List.of(),
                Map.of(),
                placement,
                cpus,
                Optional.empty(),
                OptionalInt.empty());
    }

    /** For tenants that need no GPU. */
    public static DockerOptions withoutGpu(List<Mount> binds) {
        return new DockerOptions(Optional.empty(), binds, Map.of(), false, Map.of());
    }
}
