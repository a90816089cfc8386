package io.gpushare.runtime.docker.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.gpushare.failure.GpushareException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The devices that this machine's CDI specification lists, with the GPU nodes behind each. */
final class CdiDevices {
    private static final String KIND = "nvidia.com/gpu=";

    /** JSON is YAML too. */
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Map<String, Set<String>> nodesByName;

    private CdiDevices(Map<String, Set<String>> nodesByName) {
        this.nodesByName = nodesByName;
    }

    static CdiDevices of(Path root, Optional<List<Path>> places) {
        Optional<Path> file = new CdiSpecifications(root).forGpus(places);
        return new CdiDevices(file.map(path -> read(root.resolve(Path.of("/").relativize(path))))
                .orElseGet(LinkedHashMap::new));
    }

    /**
     * What a device request calls it. NVIDIA's generator names devices by number, by UUID or by both, as it was told.
     *
     * @param minor the number of its node, for a whole GPU
     */
    Optional<String> nameOf(String uuid, Optional<Integer> minor) {
        if (nodesByName.containsKey(uuid)) {
            return Optional.of(KIND + uuid);
        }
        return minor.flatMap(number -> nodesByName.entrySet().stream()
                        .filter(device -> device.getValue().equals(Set.of("/dev/nvidia" + number)))
                        .map(Map.Entry::getKey)
                        // MIG devices have the same node; they are called 0:1 or MIG-…, and "all" may hold one GPU
                        // only.
                        .filter(name -> !name.equals("all") && !name.contains(":") && !name.startsWith("MIG-"))
                        .findFirst())
                .map(KIND::concat);
    }

    private static Map<String, Set<String>> read(Path file) {
        try {
            Map<String, Set<String>> devices = new LinkedHashMap<>();
            for (JsonNode device : YAML.readTree(file.toFile()).path("devices")) {
                Set<String> nodes = new HashSet<>();
                for (JsonNode node : device.path("containerEdits").path("deviceNodes")) {
                    String path = node.path("path").asText("");
                    if (path.matches("/dev/nvidia\\d+")) {
                        nodes.add(path);
                    }
                }
                devices.put(device.path("name").asText(""), nodes);
            }
            return devices;
        } catch (IOException e) {
            throw GpushareException.unable(
                    "the CDI specification " + file + " cannot be read: " + e.getMessage(),
                    "Write it again: " + CdiSpecifications.GENERATE,
                    e);
        }
    }
}
