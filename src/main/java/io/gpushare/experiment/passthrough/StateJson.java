package io.gpushare.experiment.passthrough;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.experiment.passthrough.StateReading.GpuLevel;
import io.gpushare.experiment.passthrough.StateReading.SensorLevel;
import io.gpushare.results.RecordJson;
import io.gpushare.results.ToolVersion;
import java.util.List;

/** A state that was measured, as its file says it. */
final class StateJson {
    private static final int SCHEMA_VERSION = 1;

    private StateJson() {}

    static ObjectNode of(StateReading reading, Ramp ramp, boolean simulated) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("schema_version", SCHEMA_VERSION)
                .put("tool_version", ToolVersion.current().toString())
                .put("simulated", simulated)
                .put("round", reading.state().round())
                .put("state", reading.state().name())
                .put("reference", reading.state().reference());
        RecordJson.put(node, "loads", reading.state().combination().loads());
        node.put("measured_s", reading.seconds());
        node.set("ramp", of(ramp));
        RecordJson.put(node, "sensors", reading.sensors());
        RecordJson.put(node, "gpus", reading.gpus());
        return node;
    }

    static ObjectNode of(Ramp ramp) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("left_out_s", ramp.length().toMillis() / 1000.0)
                .put("rule", ramp.rule());
    }

    /**
     * @param state that the file ought to tell of
     * @throws IllegalArgumentException where it tells of another one, or is not what was written
     */
    static StateReading read(JsonNode node, State state) {
        List<Load> loads = node.path("loads")
                .valueStream()
                .map(load -> Load.of(load.asText()))
                .toList();
        require(
                node.path("schema_version").asInt() == SCHEMA_VERSION
                        && node.path("round").asInt() == state.round()
                        && node.path("reference").asBoolean() == state.reference()
                        && loads.equals(state.combination().loads()),
                "it tells of another state");
        List<GpuLevel> gpus = list(node, "gpus", GpuLevel.class);
        require(gpus.size() == loads.size(), "it does not tell of each GPU");
        return new StateReading(
                state, node.path("measured_s").asDouble(), list(node, "sensors", SensorLevel.class), gpus);
    }

    private static <T extends Record> List<T> list(JsonNode node, String name, Class<T> type) {
        return node.path(name)
                .valueStream()
                .map(one -> RecordJson.read(one, type))
                .toList();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
