package io.gpushare.experiment.passthrough;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.experiment.passthrough.StateReading.GpuLevel;
import io.gpushare.experiment.passthrough.StateReading.SensorLevel;
import io.gpushare.reading.Reading;
import io.gpushare.results.ReadingJson;
import io.gpushare.results.ToolVersion;
import java.util.ArrayList;
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
        ArrayNode loads = node.putArray("loads");
        reading.state().combination().loads().forEach(load -> loads.add(load.toString()));
        node.put("measured_s", reading.seconds());
        node.set("ramp", of(ramp));
        ArrayNode sensors = node.putArray("sensors");
        for (SensorLevel level : reading.sensors()) {
            ObjectNode one = sensors.addObject().put("sensor", level.sensor()).put("unit", level.unit());
            ReadingJson.put(one, "mean", level.mean());
            one.put("looks", level.looks()).put("longest_gap_s", level.longestGapS());
            ArrayNode absences = one.putArray("absences");
            level.absences().forEach(absences::add);
        }
        ArrayNode gpus = node.putArray("gpus");
        for (GpuLevel level : reading.gpus()) {
            ObjectNode one = gpus.addObject().put("index", level.index());
            ReadingJson.put(one, "power_w", level.powerW());
            ReadingJson.put(one, "busy_percent", level.busyPercent());
        }
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
        List<SensorLevel> sensors = new ArrayList<>();
        for (JsonNode one : node.path("sensors")) {
            sensors.add(new SensorLevel(
                    text(one, "sensor"),
                    text(one, "unit"),
                    number(one, "mean"),
                    one.path("looks").asInt(),
                    one.path("longest_gap_s").asDouble(),
                    one.path("absences").valueStream().map(JsonNode::asText).toList()));
        }
        List<GpuLevel> gpus = new ArrayList<>();
        for (JsonNode one : node.path("gpus")) {
            gpus.add(new GpuLevel(one.path("index").asInt(), number(one, "power_w"), number(one, "busy_percent")));
        }
        require(gpus.size() == loads.size(), "it does not tell of each GPU");
        return new StateReading(state, node.path("measured_s").asDouble(), sensors, gpus);
    }

    private static Reading<Double> number(JsonNode node, String name) {
        return ReadingJson.get(node, name, value -> {
            require(value.isNumber(), name + " is no number");
            return value.doubleValue();
        });
    }

    private static String text(JsonNode node, String name) {
        require(node.path(name).isTextual(), name + " is missing");
        return node.path(name).textValue();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
