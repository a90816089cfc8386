package io.gpushare.results.benchmark;

import static io.gpushare.results.benchmark.JsonFields.longOf;
import static io.gpushare.results.benchmark.JsonFields.numbers;
import static io.gpushare.results.benchmark.JsonFields.objectOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.ReadingJson;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.results.benchmark.TenantResult.Problem;
import java.util.Optional;

/** What one tenant did, as a result file says it. */
final class TenantResultJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TenantResultJson() {}

    static ObjectNode of(TenantResult tenant) {
        ObjectNode node = JSON.objectNode()
                .put("number", tenant.number())
                .put("workload", tenant.workload())
                .put("variant", tenant.variant())
                .put("kind", tenant.kind())
                .put("unit", tenant.unit());
        tenant.problem()
                .ifPresentOrElse(problem -> put(node.putObject("problem"), problem), () -> node.putNull("problem"));
        ReadingJson.put(node, "throughput_units_per_sec", tenant.unitsPerSec());
        ReadingJson.put(node, "latency", tenant.latency().map(TenantResultJson::of));
        ReadingJson.put(node, "slowdown", tenant.slowdown());
        ReadingJson.put(node, "normalised_progress", tenant.normalisedProgress());
        node.put("units", tenant.units()).put("steps", tenant.steps());
        ReadingJson.put(node, "start_late_ns", tenant.startLateNanos());
        ReadingJson.put(node, "load_s", tenant.loadS());
        ReadingJson.put(node, "warmup_s", tenant.warmupS());
        ReadingJson.put(node, "ready_s", tenant.readyS());
        ReadingJson.put(node, "active_s", tenant.activeS());
        ReadingJson.put(node, "host", tenant.host().map(TenantResultJson::of));
        node.set("metrics", JsonFields.of(tenant.metrics()));
        tenant.said().ifPresentOrElse(said -> node.set("said", said.deepCopy()), () -> node.putNull("said"));
        node.set("launched", tenant.launched().deepCopy());
        ReadingJson.put(node, "log", tenant.log());
        ArrayNode windows = node.putArray("windows");
        tenant.windows().forEach(window -> windows.add(WindowResultJson.of(window)));
        return node;
    }

    static TenantResult read(JsonNode node) {
        return new TenantResult(
                node.path("number").asInt(),
                node.path("workload").asText(),
                node.path("variant").asText(),
                node.path("kind").asText(),
                node.path("unit").asText(),
                present(node.path("problem")).map(TenantResultJson::problem),
                present(node.path("said")).map(JsonFields::objectOf),
                objectOf(node.path("launched")),
                ReadingJson.get(node, "load_s", JsonNode::asDouble),
                ReadingJson.get(node, "warmup_s", JsonNode::asDouble),
                ReadingJson.get(node, "ready_s", JsonNode::asDouble),
                longOf(node, "start_late_ns"),
                node.path("units").asDouble(),
                node.path("steps").asLong(),
                ReadingJson.get(node, "throughput_units_per_sec", JsonNode::asDouble),
                ReadingJson.get(node, "latency", TenantResultJson::latency),
                ReadingJson.get(node, "slowdown", JsonNode::asDouble),
                ReadingJson.get(node, "normalised_progress", JsonNode::asDouble),
                ReadingJson.get(node, "active_s", JsonNode::asDouble),
                ReadingJson.get(node, "host", TenantResultJson::host),
                numbers(node.path("metrics")),
                node.path("windows").valueStream().map(WindowResultJson::read).toList(),
                ReadingJson.get(node, "log", JsonNode::asText));
    }

    private static Optional<JsonNode> present(JsonNode node) {
        return node.isNull() ? Optional.empty() : Optional.of(node);
    }

    private static void put(ObjectNode node, Problem problem) {
        node.put("kind", problem.kind()).put("message", problem.message());
    }

    private static Problem problem(JsonNode node) {
        return new Problem(node.path("kind").asText(), node.path("message").asText());
    }

    private static ObjectNode of(Latency latency) {
        return JSON.objectNode()
                .put("count", latency.count())
                .put("mean_ms", latency.meanMs())
                .put("p50_ms", latency.p50Ms())
                .put("p90_ms", latency.p90Ms())
                .put("p95_ms", latency.p95Ms())
                .put("p99_ms", latency.p99Ms())
                .put("p99_validated", latency.p99Validated());
    }

    private static Latency latency(JsonNode node) {
        return new Latency(
                node.path("count").asLong(),
                node.path("mean_ms").asDouble(),
                node.path("p50_ms").asDouble(),
                node.path("p90_ms").asDouble(),
                node.path("p95_ms").asDouble(),
                node.path("p99_ms").asDouble(),
                node.path("p99_validated").asBoolean());
    }

    private static ObjectNode of(HostUse host) {
        ObjectNode node = JSON.objectNode().put("cpu_s", host.cpuS());
        ReadingJson.put(node, "voluntary_switches", host.voluntarySwitches());
        ReadingJson.put(node, "involuntary_switches", host.involuntarySwitches());
        return node;
    }

    private static HostUse host(JsonNode node) {
        return new HostUse(
                node.path("cpu_s").asDouble(),
                JsonFields.longOf(node, "voluntary_switches"),
                JsonFields.longOf(node, "involuntary_switches"));
    }
}
