package io.gpushare.results.benchmark;

import static io.gpushare.results.benchmark.JsonFields.longOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.reading.Reading;
import io.gpushare.results.ReadingJson;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import java.util.ArrayList;
import java.util.List;

/**
 * A tenant that was only watched: somebody else's program, of which is known what it used while the others were
 * measured together.
 *
 * @param number the first after those of the tenants that were measured
 * @param attachedTo as the plan names it: {@code 1234} or {@code container:trainer}
 * @param processes that it had in the run, in the host's numbering
 * @param gpuMemoryBytes the most that it held
 * @param smUtilizationPercent in the mean, by the driver's records of its processes
 */
public record WatchedResult(
        int number,
        String name,
        String attachedTo,
        List<Integer> processes,
        Reading<HostUse> host,
        Reading<Long> gpuMemoryBytes,
        Reading<Double> smUtilizationPercent) {
    static final String FIELD = "watched";

    public WatchedResult {
        processes = List.copyOf(processes);
    }

    static void put(ObjectNode run, List<WatchedResult> watched) {
        if (!watched.isEmpty()) {
            ArrayNode list = run.putArray(FIELD);
            watched.forEach(tenant -> list.add(tenant.json()));
        }
    }

    private ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("number", number)
                .put("name", name)
                .put("attached_to", attachedTo);
        processes.forEach(node.putArray("pids")::add);
        ReadingJson.put(node, "host", host.map(TenantResultJson::of));
        ReadingJson.put(node, "gpu_memory_bytes", gpuMemoryBytes);
        ReadingJson.put(node, "sm_utilization_percent", smUtilizationPercent);
        return node;
    }

    /** Older versions watched nobody. */
    static List<WatchedResult> read(JsonNode run) {
        List<WatchedResult> watched = new ArrayList<>();
        for (JsonNode node : run.path(FIELD)) {
            watched.add(new WatchedResult(
                    node.path("number").asInt(),
                    node.path("name").asText(),
                    node.path("attached_to").asText(),
                    node.path("pids").valueStream().map(JsonNode::asInt).toList(),
                    ReadingJson.get(node, "host", TenantResultJson::host),
                    longOf(node, "gpu_memory_bytes"),
                    ReadingJson.get(node, "sm_utilization_percent", JsonNode::asDouble)));
        }
        return watched;
    }
}
