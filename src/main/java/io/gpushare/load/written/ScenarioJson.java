package io.gpushare.load.written;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.load.scenario.EarlyStop;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.load.scenario.ScenarioPlan;
import io.gpushare.load.scenario.ScenarioResult;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** What an MLPerf scenario came to as JSON, and back. */
public final class ScenarioJson {
    /** The field that holds it. */
    public static final String FIELD = "scenario";

    private static final double NANOS_PER_MS = 1e6;

    private ScenarioJson() {}

    public static ObjectNode of(ScenarioResult result) {
        ScenarioPlan plan = result.plan();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", plan.scenario().toString()).put("official", plan.official());
        json.put("samples_per_request", plan.samples());
        plan.latencyBound().ifPresent(bound -> json.put("latency_bound_ms", bound.toNanos() / NANOS_PER_MS));
        json.put("metric", result.metric()).put("unit", result.unit());
        json.putNull("value").putNull("early_stopping");
        result.value().ifPresent(value -> json.put("value", value));
        result.earlyStop()
                .ifPresent(stop -> json.putObject("early_stopping")
                        .put("queries", stop.queries())
                        .put("over", stop.over())
                        .put("needed", stop.needed())
                        .put("met", stop.met()));
        json.put("valid", result.valid());
        ArrayNode faults = json.putArray("faults");
        result.faults().forEach(faults::add);
        return json;
    }

    /** Of a document that keeps its schema. */
    public static ScenarioResult read(JsonNode json) {
        JsonNode bound = json.path("latency_bound_ms");
        ScenarioPlan plan = new ScenarioPlan(
                Scenario.named(json.path("name").asText()),
                json.path("official").asBoolean(),
                json.path("samples_per_request").asInt(),
                bound.isNumber()
                        ? Optional.of(Duration.ofNanos(Math.round(bound.asDouble() * NANOS_PER_MS)))
                        : Optional.empty());
        JsonNode value = json.path("value");
        JsonNode stop = json.path("early_stopping");
        return new ScenarioResult(
                plan,
                json.path("metric").asText(),
                value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty(),
                json.path("unit").asText(),
                stop.isObject()
                        ? Optional.of(new EarlyStop(
                                stop.path("queries").asLong(),
                                stop.path("over").asLong(),
                                stop.path("needed").asLong()))
                        : Optional.empty(),
                json.path("faults").valueStream().map(JsonNode::asText).toList());
    }
}
