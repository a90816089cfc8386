package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.reading.Reading;
import io.gpushare.results.ReadingJson;

/**
 * What the whole machine did in the measured time, in processors: 1 is one of them, all of the time.
 *
 * @param cpus that it has
 * @param used by programs
 * @param others used by programs that are no tenants, gpushare among them; absent where a tenant's part is not known
 * @param stolen by the hypervisor while a program could have run
 */
public record HostLoad(int cpus, double used, Reading<Double> others, double stolen) {
    private static final String HOST = "host";

    static void put(ObjectNode run, Reading<HostLoad> load) {
        ReadingJson.put(run, HOST, load.map(HostLoad::json));
    }

    private ObjectNode json() {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("cpus", cpus).put("used_cpus", used);
        ReadingJson.put(node, "other_cpus", others);
        return node.put("stolen_cpus", stolen);
    }

    /** Older versions did not look. */
    static Reading<HostLoad> read(JsonNode run) {
        return run.has(HOST)
                ? ReadingJson.get(
                        run,
                        HOST,
                        node -> new HostLoad(
                                node.path("cpus").asInt(),
                                node.path("used_cpus").asDouble(),
                                ReadingJson.get(node, "other_cpus", JsonNode::asDouble),
                                node.path("stolen_cpus").asDouble()))
                : Reading.notMeasured("it was not asked for");
    }
}
