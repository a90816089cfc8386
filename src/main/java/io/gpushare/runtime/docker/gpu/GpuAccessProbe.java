package io.gpushare.runtime.docker.gpu;

import static io.gpushare.runtime.docker.gpu.GpuAccess.Kind.CDI;
import static io.gpushare.runtime.docker.gpu.GpuAccess.Kind.DEVICE_NODES;
import static io.gpushare.runtime.docker.gpu.GpuAccess.Kind.NVIDIA_RUNTIME;

import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out which ways into a container are open for a GPU, from the engine's settings and this machine's files. */
public final class GpuAccessProbe {
    private static final List<Path> HOOK_PLACES =
            List.of(Path.of("usr/bin"), Path.of("usr/local/bin"), Path.of("usr/local/nvidia/toolkit"));
    private static final List<String> NEEDED_NODES = List.of("nvidiactl", "nvidia-uvm");
    private static final Pattern GPU_NODE = Pattern.compile("nvidia\\d+");
    private static final Pattern MAJOR = Pattern.compile("(\\d+)\\..*");
    private static final int FIRST_DOCKER_WITH_CDI = 25;

    private final Path root;
    private final CdiSpecifications specifications;

    /** @param root {@code /} but in tests */
    public GpuAccessProbe(Path root) {
        this.root = root;
        this.specifications = new CdiSpecifications(root);
    }

    /** Every way, preferred first. */
    public List<GpuAccess> on(Engine engine) {
        return List.of(nvidiaRuntime(engine), cdi(engine), deviceNodes());
    }

    private GpuAccess nvidiaRuntime(Engine engine) {
        if (engine.kind() == EngineKind.PODMAN) {
            return GpuAccess.missing(
                    NVIDIA_RUNTIME,
                    "Podman silently ignores requests for NVIDIA's runtime",
                    "Use CDI: " + CdiSpecifications.GENERATE);
        }
        if (engine.runtimes().contains("nvidia")) {
            return GpuAccess.works(NVIDIA_RUNTIME, "the engine lists the runtime 'nvidia'");
        }
        if (hookIsInstalled()) {
            return GpuAccess.works(NVIDIA_RUNTIME, "NVIDIA's container hook is installed");
        }
        return GpuAccess.missing(
                NVIDIA_RUNTIME,
                "the engine does not know NVIDIA's runtime",
                "sudo apt-get install nvidia-container-toolkit"
                        + " && sudo nvidia-ctk runtime configure --runtime=docker && sudo systemctl restart docker");
    }

    private boolean hookIsInstalled() {
        return HOOK_PLACES.stream()
                .map(place -> root.resolve(place).resolve("nvidia-container-runtime-hook"))
                .anyMatch(Files::isExecutable);
    }

    private GpuAccess cdi(Engine engine) {
        if (engine.kind() == EngineKind.DOCKER && majorVersion(engine) < FIRST_DOCKER_WITH_CDI) {
            return GpuAccess.missing(
                    CDI, engine + " does not know CDI", "Install Docker " + FIRST_DOCKER_WITH_CDI + " or newer.");
        }
        if (engine.cdiSpecDirectories().filter(List::isEmpty).isPresent()) {
            return GpuAccess.missing(
                    CDI,
                    "CDI is switched off in the engine",
                    "Add {\"features\": {\"cdi\": true}} to /etc/docker/daemon.json, then: sudo systemctl restart"
                            + " docker");
        }
        return specifications
                .forGpus(engine.cdiSpecDirectories())
                .map(file -> GpuAccess.works(CDI, "nvidia.com/gpu is described in " + file))
                .orElseGet(() -> GpuAccess.missing(
                        CDI, "no CDI specification describes nvidia.com/gpu", CdiSpecifications.GENERATE));
    }

    private static int majorVersion(Engine engine) {
        Matcher matcher = MAJOR.matcher(engine.version());
        // A development build calls itself "dev" or by a commit: newer than any release.
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
    }

    private GpuAccess deviceNodes() {
        Path devices = root.resolve("dev");
        Optional<String> gpuNode = CdiSpecifications.listed(devices).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> GPU_NODE.matcher(name).matches())
                .min(String::compareTo);
        List<String> missing = Stream.concat(
                        gpuNode.isPresent() ? Stream.empty() : Stream.of("nvidia0"),
                        NEEDED_NODES.stream().filter(name -> Files.notExists(devices.resolve(name))))
                .map("/dev/"::concat)
                .toList();
        return missing.isEmpty()
                ? GpuAccess.works(
                        DEVICE_NODES,
                        "/dev/" + gpuNode.orElseThrow() + ", /dev/nvidiactl and /dev/nvidia-uvm are there")
                : GpuAccess.missing(
                        DEVICE_NODES,
                        String.join(", ", missing) + (missing.size() == 1 ? " is missing" : " are missing"),
                        "sudo nvidia-modprobe -c 0 -u");
    }
}
