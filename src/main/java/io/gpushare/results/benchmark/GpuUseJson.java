package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.reading.Reading;
import io.gpushare.results.ReadingJson;
import io.gpushare.results.benchmark.GpuUse.Levels;
import java.util.Map;
import java.util.TreeMap;

/** A GPU over a window, as a result file says it. */
final class GpuUseJson {
    private GpuUseJson() {}

    static ObjectNode of(GpuUse gpu) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode metrics = node.putObject("metrics");
        new TreeMap<>(gpu.metrics())
                .forEach((name, levels) -> ReadingJson.put(metrics, name, levels.map(GpuUseJson::of)));
        ReadingJson.put(node, "counter_joules", gpu.counterJoules());
        ReadingJson.put(node, "integral_joules", gpu.integralJoules());
        ReadingJson.put(node, "disagreement_percent", gpu.disagreementPercent());
        return node.put("throttling", gpu.throttling());
    }

    static GpuUse read(JsonNode node) {
        return new GpuUse(
                metrics(node.path("metrics")),
                ReadingJson.get(node, "counter_joules", JsonNode::asDouble),
                ReadingJson.get(node, "integral_joules", JsonNode::asDouble),
                ReadingJson.get(node, "disagreement_percent", JsonNode::asDouble),
                node.path("throttling").asText());
    }

    private static Map<String, Reading<Levels>> metrics(JsonNode node) {
        Map<String, Reading<Levels>> metrics = new TreeMap<>();
        node.fieldNames().forEachRemaining(name -> {
            if (!name.endsWith(ReadingJson.REASON_SUFFIX)) {
                metrics.put(name, ReadingJson.get(node, name, GpuUseJson::levels));
            }
        });
        return metrics;
    }

    private static ObjectNode of(Levels levels) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("n", levels.n())
                .put("min", levels.min())
                .put("mean", levels.mean())
                .put("p95", levels.p95())
                .put("max", levels.max());
    }

    private static Levels levels(JsonNode node) {
        return new Levels(
                node.path("n").asLong(),
                node.path("min").asDouble(),
                node.path("mean").asDouble(),
                node.path("p95").asDouble(),
                node.path("max").asDouble());
    }
}
