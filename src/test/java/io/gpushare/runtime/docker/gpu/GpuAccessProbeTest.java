package io.gpushare.runtime.docker.gpu;

import static io.gpushare.runtime.docker.gpu.GpuAccess.Kind.CDI;
import static io.gpushare.runtime.docker.gpu.GpuAccess.Kind.DEVICE_NODES;
import static io.gpushare.runtime.docker.gpu.GpuAccess.Kind.NVIDIA_RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.runtime.docker.engine.ApiVersion;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAddress;
import io.gpushare.runtime.docker.engine.EngineKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GpuAccessProbeTest {
    @TempDir
    Path root;

    @Test
    void listsEveryWayPreferredFirst() {
        assertThat(probe(docker("28.3.3")))
                .extracting(GpuAccess::kind)
                .containsExactly(NVIDIA_RUNTIME, CDI, DEVICE_NODES);
    }

    @Test
    void namesTheStepForEveryWayThatIsClosed() {
        assertThat(probe(docker("28.3.3"))).allSatisfy(access -> {
            assertThat(access.available()).isFalse();
            assertThat(access.mend()).isPresent();
        });
    }

    @Test
    void usesNvidiasRuntimeWhereTheEngineListsIt() {
        assertThat(access(NVIDIA_RUNTIME, docker("28.3.3", Optional.empty(), "runc", "nvidia")))
                .isEqualTo(GpuAccess.works(NVIDIA_RUNTIME, "the engine lists the runtime 'nvidia'"));
    }

    @Test
    void usesNvidiasHookWithoutAListedRuntime() throws IOException {
        Path hook = file("usr/bin/nvidia-container-runtime-hook", "");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(access(NVIDIA_RUNTIME, docker("20.10.24")).available()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cdiVersion: 0.5.0\nkind: nvidia.com/gpu\ndevices: []\n",
                "---\nkind: \"nvidia.com/gpu\"\n",
                "{\"cdiVersion\":\"0.6.0\",\"kind\":\"nvidia.com/gpu\",\"devices\":[]}"
            })
    void findsASpecificationInYamlAndJson(String text) throws IOException {
        file("var/run/cdi/nvidia" + (text.startsWith("{") ? ".json" : ".yaml"), text);

        assertThat(access(CDI, docker("26.1.0")).available()).isTrue();
        assertThat(access(CDI, docker("26.1.0")).reason())
                .startsWith("nvidia.com/gpu is described in /var/run/cdi/nvidia.");
    }

    @ParameterizedTest
    @CsvSource({
        "other.yaml, kind: intel.com/gpu",
        "pci.yaml, kind: nvidia.com/gpu-mem",
        "notes.txt, kind: nvidia.com/gpu"
    })
    void ignoresFilesThatDescribeSomethingElse(String name, String text) throws IOException {
        file("etc/cdi/" + name, text);

        assertThat(access(CDI, docker("28.3.3")).available()).isFalse();
    }

    @Test
    void looksForSpecificationsWhereTheEngineLooks() throws IOException {
        file("etc/cdi/nvidia.yaml", "kind: nvidia.com/gpu");
        Optional<List<Path>> elsewhere = Optional.of(List.of(Path.of("/opt/cdi")));
        assertThat(access(CDI, docker("28.3.3", elsewhere)).available()).isFalse();

        file("opt/cdi/nvidia.yaml", "kind: nvidia.com/gpu");
        assertThat(access(CDI, docker("28.3.3", elsewhere)).reason()).endsWith("/opt/cdi/nvidia.yaml");
    }

    @Test
    void knowsEnginesThatCannotOrMayNotUseCdi() throws IOException {
        file("etc/cdi/nvidia.yaml", "kind: nvidia.com/gpu");

        assertThat(access(CDI, docker("20.10.24+dfsg1")).reason()).isEqualTo("Docker 20.10.24+dfsg1 does not know CDI");
        assertThat(access(CDI, docker("26.1.0", Optional.of(List.of()))).reason())
                .isEqualTo("CDI is switched off in the engine");
        assertThat(access(CDI, docker("dev")).available()).isTrue();
    }

    @Test
    void sendsPodmanThroughCdiOnly() throws IOException {
        file("etc/cdi/nvidia.yaml", "kind: nvidia.com/gpu");
        Engine podman = engine(EngineKind.PODMAN, "5.4.2", Optional.empty(), Set.of("nvidia"));

        assertThat(access(NVIDIA_RUNTIME, podman).reason())
                .isEqualTo("Podman silently ignores requests for NVIDIA's runtime");
        assertThat(access(CDI, podman).available()).isTrue();
    }

    @Test
    void needsAGpuItsControlNodeAndUnifiedMemoryAmongTheDeviceNodes() throws IOException {
        file("dev/nvidiactl", "");
        file("dev/nvidia-uvm", "");
        assertThat(access(DEVICE_NODES, docker("28.3.3")).reason()).isEqualTo("/dev/nvidia0 is missing");

        file("dev/nvidia3", "");
        assertThat(access(DEVICE_NODES, docker("28.3.3")))
                .isEqualTo(GpuAccess.works(DEVICE_NODES, "/dev/nvidia3, /dev/nvidiactl and /dev/nvidia-uvm are there"));

        Files.delete(root.resolve("dev/nvidia-uvm"));
        Files.delete(root.resolve("dev/nvidiactl"));
        assertThat(access(DEVICE_NODES, docker("28.3.3")).reason())
                .isEqualTo("/dev/nvidiactl, /dev/nvidia-uvm are missing");
    }

    private GpuAccess access(GpuAccess.Kind kind, Engine engine) {
        return probe(engine).stream()
                .filter(access -> access.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private List<GpuAccess> probe(Engine engine) {
        return new GpuAccessProbe(root).on(engine);
    }

    private static Engine docker(String version) {
        return docker(version, Optional.empty());
    }

    private static Engine docker(String version, Optional<List<Path>> cdiSpecDirectories, String... runtimes) {
        return engine(EngineKind.DOCKER, version, cdiSpecDirectories, Set.of(runtimes));
    }

    private static Engine engine(
            EngineKind kind, String version, Optional<List<Path>> cdiSpecDirectories, Set<String> runtimes) {
        return new Engine(
                EngineAddress.parse("unix:///var/run/docker.sock"),
                "the default socket",
                kind,
                version,
                new ApiVersion(1, 41),
                runtimes,
                cdiSpecDirectories,
                false,
                "overlay2",
                "2",
                "/var/lib/docker");
    }

    private Path file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
