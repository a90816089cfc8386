package io.gpushare.runtime.docker.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.docker.gpu.GpuAccess;
import io.gpushare.runtime.docker.gpu.GpuPassage;
import io.gpushare.runtime.docker.image.ContainerLabels;
import io.gpushare.runtime.docker.image.LocalImage;
import io.gpushare.workload.Workload;
import io.gpushare.workload.Workload.GpuNeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a tenant's container may do and see: as little as its workload needs. */
public final class ContainerSettings {
    private static final long MOST_PROCESSES = 4096;
    private static final long GPU_SHARED_MEMORY_BYTES = 1L << 30;
    private static final double NANOS = 1e9;
    private static final String USER_NAME = "gpushare";
    private static final String LOOPBACK = "127.0.0.1";

    /** Executable, because PyTorch compiles kernels there and loads them. */
    private static final String SCRATCH = "rw,exec,nosuid,nodev,mode=1777,size=4g";

    private final TenantLaunch launch;
    private final LocalImage image;
    private final DockerOptions options;
    private final RunOwner owner;

    ContainerSettings(TenantLaunch launch, LocalImage image, DockerOptions options, RunOwner owner) {
        this.launch = launch;
        this.image = image;
        this.options = options;
        this.owner = owner;
    }

    /** Whether the tenant is to see a GPU. */
    public static boolean needsGpu(TenantLaunch launch) {
        return launch.workload().gpu() != GpuNeed.NONE
                && launch.placement().device().isPresent();
    }

    /**
     * @param passage for a tenant that is to see a GPU
     * @param init whether the engine puts its own process above the tenant's, which forwards signals and buries orphans
     * @param cpus that the engine has
     */
    void applyTo(CreateContainerCmd create, Optional<GpuPassage> passage, boolean init, int cpus) {
        List<String> command = launch.workload().command();
        create.withEntrypoint(command.getFirst())
                .withCmd(Stream.concat(command.stream().skip(1), launch.arguments().stream())
                        .toList())
                .withUser(image.user().text())
                .withEnv(environment(passage, init))
                .withLabels(ContainerLabels.of(launch, owner))
                // The image's own check would run again and again inside the tenant that is measured.
                .withHealthcheck(new HealthCheck().withTest(List.of("NONE")))
                .withTty(false)
                .withStdinOpen(true)
                .withStdInOnce(true)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withHostConfig(host(passage, init, cpus));
        if (launch.port().isPresent()) {
            create.withExposedPorts(ExposedPort.tcp(launch.port().getAsInt()));
        }
    }

    private HostConfig host(Optional<GpuPassage> passage, boolean init, int cpus) {
        Workload workload = launch.workload();
        HostConfig host = new HostConfig()
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withReadonlyRootfs(true)
                .withTmpFs(Map.of("/tmp", SCRATCH))
                .withPidsLimit(MOST_PROCESSES)
                // gpushare keeps the output itself; the engine's copy would fill the disk when a tenant floods.
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
                .withMounts(mounts());
        if (launch.port().isPresent()) {
            // For this machine alone: the load comes from here.
            ExposedPort port = ExposedPort.tcp(launch.port().getAsInt());
            host.withPortBindings(new PortBinding(Ports.Binding.bindIpAndPort(LOOPBACK, port.getPort()), port));
        } else if (!workload.network()) {
            host.withNetworkMode("none");
        }
        if (init) {
            host.withInit(true);
        }
        workload.memoryBytes().ifPresent(bytes -> host.withMemory(bytes).withMemorySwap(bytes));
        workload.cpus().ifPresent(wanted -> host.withNanoCPUs((long) (Math.min(wanted, cpus) * NANOS)));
        launch.cpus().ifPresent(given -> host.withCpusetCpus(given.toString()));
        passage.ifPresent(way -> {
            String device = launch.placement().device().orElseThrow();
            host.withShmSize(GPU_SHARED_MEMORY_BYTES);
            way.open(host, device, launch.placement().gpu().orElse(device));
        });
        return host;
    }

    private List<Mount> mounts() {
        return Stream.concat(options.binds().stream(), launch.placement().mounts().stream())
                .map(mount -> new Mount()
                        .withType(MountType.BIND)
                        .withSource(mount.host().toAbsolutePath().toString())
                        .withTarget(mount.tenant())
                        .withReadOnly(mount.readOnly()))
                .toList();
    }

    private List<String> environment(Optional<GpuPassage> passage, boolean init) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("HOME", "/tmp");
        // The image may not know the user by name: PyTorch, for one, asks for it and fails without.
        variables.put("USER", USER_NAME);
        variables.put("LOGNAME", USER_NAME);
        variables.putAll(launch.workload().environment());
        variables.putAll(options.environment());
        variables.putAll(launch.placement().environment());
        variables.putAll(launch.environment());
        variables.put("GPUSHARE_RUN_ID", launch.runId());
        variables.put("GPUSHARE_TENANT", String.valueOf(launch.number()));
        launch.placement()
                .device()
                .filter(device -> passage.isPresent())
                .ifPresent(device -> variables.put("CUDA_VISIBLE_DEVICES", device));
        if (passage.filter(way -> way.kind() == GpuAccess.Kind.NVIDIA_RUNTIME).isEmpty()) {
            // Many images say "all", and where NVIDIA's runtime is the default it would let every GPU in.
            variables.put("NVIDIA_VISIBLE_DEVICES", "void");
        }
        if (init) {
            // Signals reach all processes of the tenant, not only the first.
            variables.put("TINI_KILL_PROCESS_GROUP", "1");
        }
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }
}
