package io.gpushare.runtime.docker.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.HostConfig;
import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.docker.engine.ApiVersion;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAddress;
import io.gpushare.runtime.docker.engine.EngineKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuPassageTest {
    private static final String GPU = "GPU-11111111-2222-3333-4444-555555555555";
    private static final String MIG = "MIG-66666666-7777-8888-9999-000000000000";

    @TempDir
    Path root;

    @Test
    void asksNvidiasRuntimeForOneDevice() throws IOException {
        assertThat(opened(GpuAccess.Kind.NVIDIA_RUNTIME, MIG).path("DeviceRequests"))
                .isEqualTo(json("""
                    [{"DeviceIDs":["%s"],"Capabilities":[["gpu","compute","utility"]]}]\
                    """.formatted(MIG)));
    }

    @Test
    void asksForTheNameThatTheSpecificationGivesAGpu() throws IOException {
        specification("""
            cdiVersion: 0.5.0
            kind: nvidia.com/gpu
            devices:
              - name: all
                containerEdits: {deviceNodes: [{path: /dev/nvidia3}]}
              - name: "3:0"
                containerEdits: {deviceNodes: [{path: /dev/nvidia3}, {path: /dev/nvidia-caps/nvidia-cap1}]}
              - name: "0"
                containerEdits: {deviceNodes: [{path: /dev/nvidia3}, {path: /dev/dri/card1}]}
            """);

        assertThat(opened(GpuAccess.Kind.CDI, GPU).path("DeviceRequests"))
                .isEqualTo(json("[{\"Driver\":\"cdi\",\"DeviceIDs\":[\"nvidia.com/gpu=0\"]}]"));
    }

    @Test
    void prefersTheUuidWhereTheSpecificationListsIt() throws IOException {
        specification("""
            {"cdiVersion":"0.5.0","kind":"nvidia.com/gpu","devices":[{"name":"0"},{"name":"%s"}]}\
            """.formatted(MIG));

        assertThat(opened(GpuAccess.Kind.CDI, MIG)
                        .at("/DeviceRequests/0/DeviceIDs/0")
                        .asText())
                .isEqualTo("nvidia.com/gpu=" + MIG);
    }

    @Test
    void doesNotGiveTheWholeGpuForAMigDeviceThatIsNotListed() throws IOException {
        specification("""
            kind: nvidia.com/gpu
            devices: [{name: "0", containerEdits: {deviceNodes: [{path: /dev/nvidia3}]}}]
            """);

        assertThatThrownBy(() -> opened(GpuAccess.Kind.CDI, MIG))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("does not list " + MIG);
        assertThatThrownBy(() -> opened(GpuAccess.Kind.DEVICE_NODES, MIG))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("not only " + MIG);
    }

    @Test
    void saysBeforehandThatDeviceNodesLeadToNoPartOfAGpu() {
        new GpuPassage(GpuAccess.Kind.CDI, root, engine(), Map.of(GPU, 3)).requireMigDevices();
        GpuPassage nodes = new GpuPassage(GpuAccess.Kind.DEVICE_NODES, root, engine(), Map.of(GPU, 3));

        assertThatThrownBy(nodes::requireMigDevices)
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("not only a MIG device");
    }

    @Test
    void namesTheNodesOfOneGpuAndOfTheDriver() throws IOException {
        Files.createDirectories(root.resolve("dev"));
        Files.createFile(root.resolve("dev/nvidiactl"));
        Files.createFile(root.resolve("dev/nvidia-uvm"));

        assertThat(opened(GpuAccess.Kind.DEVICE_NODES, GPU).path("Devices")).isEqualTo(json("""
            [{"CgroupPermissions":"rw","PathOnHost":"/dev/nvidia3","PathInContainer":"/dev/nvidia3"},
             {"CgroupPermissions":"rw","PathOnHost":"/dev/nvidiactl","PathInContainer":"/dev/nvidiactl"},
             {"CgroupPermissions":"rw","PathOnHost":"/dev/nvidia-uvm","PathInContainer":"/dev/nvidia-uvm"}]\
            """));
    }

    private JsonNode opened(GpuAccess.Kind kind, String device) throws IOException {
        HostConfig host = new HostConfig();
        new GpuPassage(kind, root, engine(), Map.of(GPU, 3)).open(host, device, GPU);
        return withoutNulls(json(new ObjectMapper().writeValueAsString(host)));
    }

    private static JsonNode withoutNulls(JsonNode tree) {
        tree.forEach(GpuPassageTest::withoutNulls);
        if (tree instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
            object.properties().removeIf(property -> property.getValue().isNull());
        }
        return tree;
    }

    private void specification(String text) throws IOException {
        Path folder = Files.createDirectories(root.resolve("etc/cdi"));
        Files.writeString(folder.resolve("nvidia.yaml"), text);
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static Engine engine() {
        return new Engine(
                new EngineAddress.UnixSocket(Path.of("/nowhere")),
                "the test",
                EngineKind.DOCKER,
                "26.1.0",
                ApiVersion.NEWEST_SPOKEN,
                Set.of(),
                Optional.of(List.of(Path.of("/etc/cdi"))),
                false,
                "overlay2",
                "2",
                "/var/lib/docker");
    }
}
