package io.gpushare.report.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.results.reading.timeline.SampleSink;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the long table calls the origin of a sample: {@code gpu0}, {@code gpu0/3g.71gb-1} for a MIG device, {@code
 * gpu0/instance-2} for a GPU instance, {@code host}, {@code cpu}, {@code platform}, and {@code dcgm/…} for what DCGM
 * said of one of them; a process has {@code /pid-4711} behind it. On a node of a cluster they are {@code n1/gpu0},
 * {@code n1/cpu}, {@code n1}.
 */
final class SampleDomains {
    private static final Set<String> OF_PROCESSORS = Set.of("host_cpu", "rapl");
    private static final Set<String> OF_THIS_MACHINE = Set.of("host", "platform");
    private static final String DCGM = "dcgm";

    private final Map<String, String> gpus = new HashMap<>();
    private final Map<String, String> migDevices = new HashMap<>();

    /** @param head of the file: who was watched */
    SampleDomains(JsonNode head) {
        add(head.path("gpus"), "");
        head.path("nodes")
                .forEach(node -> add(node.path("gpus"), node.path("node").asText() + "/"));
    }

    private void add(JsonNode ofOneMachine, String machine) {
        for (JsonNode gpu : ofOneMachine) {
            String name = machine + "gpu" + gpu.path("index").asText();
            gpus.put(gpu.path("uuid").asText(), name);
            for (JsonNode device : gpu.path("mig_devices")) {
                String uuid = device.path("uuid").asText();
                migDevices.put(
                        uuid,
                        name + "/" + device.path("name").asText() + "-"
                                + device.path("gpu_instance").asText() + "-"
                                + device.path("compute_instance").asText());
            }
        }
    }

    String of(SampleSink.Origin origin) {
        String subject = subject(origin);
        boolean byDcgm = origin.table().equals(DCGM) || origin.table().startsWith(DCGM + "_");
        return (byDcgm ? DCGM + "/" : "") + subject + (origin.pid() == SampleSink.NOBODY ? "" : "/pid-" + origin.pid());
    }

    private String subject(SampleSink.Origin origin) {
        if (OF_PROCESSORS.contains(origin.table())) {
            return OF_THIS_MACHINE.contains(origin.subject()) ? "cpu" : origin.subject() + "/cpu";
        }
        return switch (origin.subjectKind()) {
            case "gpu" -> gpus.getOrDefault(origin.subject(), origin.subject());
            case "mig_device" -> migDevices.getOrDefault(origin.subject(), origin.subject());
            case "gpu_instance" -> instance(origin.subject());
            default -> origin.subject();
        };
    }

    private String instance(String subject) {
        int slash = subject.lastIndexOf('/');
        return slash < 0
                ? subject
                : gpus.getOrDefault(subject.substring(0, slash), subject.substring(0, slash)) + "/instance-"
                        + subject.substring(slash + 1);
    }
}
