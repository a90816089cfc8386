package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.LatencyCounts;
import java.util.Map;
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
        return node;
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
                node.path("counted").asBoolean());
    }
}
