package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.CoreLoops;
import io.gpushare.analysis.LatencyCounts;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A second of a tenant's work, as a result file says it. */
final class WindowResultJson {
    private WindowResultJson() {}

    static ObjectNode of(WindowResult window) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("from_s", window.fromS())
                .put("until_s", window.untilS())
                .put("units", window.units())
                .put("steps", window.steps())
                .put("counted", window.counted());
        ObjectNode latency = node.putObject("latency");
        window.latency().counts().forEach((bucket, count) -> latency.put(Integer.toString(bucket), count));
        window.core().ifPresent(core -> put(node.putObject("core"), core));
        return node;
    }

    private static void put(ObjectNode node, CoreLoops core) {
        core.core().ifPresentOrElse(number -> node.put("cpu", number), () -> node.putNull("cpu"));
        ArrayNode nanos = node.putArray("loops_ns");
        core.nanos().forEach(nanos::add);
        if (core.witnessed()) {
            node.put("seen_by", TenantResultJson.GPUSHARE);
        }
    }

    private static Optional<CoreLoops> core(JsonNode node) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        JsonNode number = node.path("cpu");
        return Optional.of(new CoreLoops(
                number.isInt() ? OptionalInt.of(number.intValue()) : OptionalInt.empty(),
                node.path("loops_ns").valueStream().map(JsonNode::asLong).toList(),
                node.path("seen_by").asText().equals(TenantResultJson.GPUSHARE)));
    }

    static WindowResult read(JsonNode node) {
        Map<Integer, Long> latency = new TreeMap<>();
        node.path("latency")
                .properties()
                .forEach(bucket -> latency.put(
                        Integer.valueOf(bucket.getKey()), bucket.getValue().asLong()));
        return new WindowResult(
                node.path("from_s").asDouble(),
                node.path("until_s").asDouble(),
                node.path("units").asDouble(),
                node.path("steps").asLong(),
                LatencyCounts.of(latency),
                node.path("counted").asBoolean(),
                core(node.path("core")));
    }
}
