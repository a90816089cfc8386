package io.gpushare.results.benchmark;

import static io.gpushare.results.benchmark.JsonFields.longOf;
import static io.gpushare.results.benchmark.JsonFields.numbers;
import static io.gpushare.results.benchmark.JsonFields.objectOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.reading.Reading;
import io.gpushare.results.Agreement;
import io.gpushare.results.ReadingJson;
import io.gpushare.results.benchmark.TenantResult.AtFullSpeed;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.results.benchmark.TenantResult.Problem;
import java.util.Optional;
import java.util.OptionalDouble;

/** What one tenant did, as a result file says it. */
final class TenantResultJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Who looked at the speed of a core, where it was not the tenant. */
    static final String GPUSHARE = "gpushare";

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
        ReadingJson.put(node, "throughput_units_per_sec", tenant.work().measuredUnitsPerSec());
        ReadingJson.put(node, "latency", tenant.work().measuredLatency().map(TenantResultJson::of));
        tenant.work()
                .atFullSpeed()
                .ifPresentOrElse(
                        speed -> put(node.putObject("at_full_speed"), speed), () -> node.putNull("at_full_speed"));
        ReadingJson.put(node, "slowdown", tenant.slowdown());
        ReadingJson.put(node, "normalised_progress", tenant.normalisedProgress());
        ErrorsJson.put(node.putObject("error_percent"), tenant.errors());
        node.put("units", tenant.work().units()).put("steps", tenant.work().steps());
        ReadingJson.put(node, "start_late_ns", tenant.start().lateNanos());
        ReadingJson.put(node, "load_s", tenant.start().loadS());
        ReadingJson.put(node, "warmup_s", tenant.start().warmupS());
        ReadingJson.put(node, "ready_s", tenant.start().readyS());
        ReadingJson.put(node, "active_s", tenant.work().activeS());
        ReadingJson.put(node, "core", tenant.work().core().map(TenantResultJson::of));
        ReadingJson.put(node, "host", tenant.host().map(TenantResultJson::of));
        node.set("metrics", JsonFields.of(tenant.metrics()));
        tenant.start().said().ifPresentOrElse(said -> node.set("said", said.deepCopy()), () -> node.putNull("said"));
        tenant.load().ifPresent(load -> node.set(ServedLoad.FIELD, load.json()));
        node.set("launched", tenant.start().launched().deepCopy());
        ReadingJson.put(node, "log", tenant.log());
        ArrayNode windows = node.putArray("windows");
        tenant.work().windows().forEach(window -> windows.add(WindowResultJson.of(window)));
        return node;
    }

    static TenantResult read(JsonNode node) {
        Reading<Double> slowdown = ReadingJson.get(node, "slowdown", JsonNode::asDouble);
        requireInverse(slowdown, ReadingJson.get(node, "normalised_progress", JsonNode::asDouble), node.path("number"));
        TenantResult.Work work = new TenantResult.Work(
                node.path("units").asDouble(),
                node.path("steps").asLong(),
                ReadingJson.get(node, "throughput_units_per_sec", JsonNode::asDouble),
                ReadingJson.get(node, "latency", TenantResultJson::latency),
                ReadingJson.get(node, "active_s", JsonNode::asDouble),
                core(node),
                node.path("at_full_speed").isObject()
                        ? Optional.of(atFullSpeed(node.path("at_full_speed")))
                        : Optional.empty(),
                node.path("windows").valueStream().map(WindowResultJson::read).toList());
        return new TenantResult(
                new TenantResult.Identity(
                        node.path("number").asInt(),
                        node.path("workload").asText(),
                        node.path("variant").asText(),
                        node.path("kind").asText(),
                        node.path("unit").asText()),
                present(node.path("problem")).map(TenantResultJson::problem),
                new TenantResult.Start(
                        present(node.path("said")).map(JsonFields::objectOf),
                        objectOf(node.path("launched")),
                        ReadingJson.get(node, "load_s", JsonNode::asDouble),
                        ReadingJson.get(node, "warmup_s", JsonNode::asDouble),
                        ReadingJson.get(node, "ready_s", JsonNode::asDouble),
                        longOf(node, "start_late_ns")),
                work,
                slowdown,
                ErrorsJson.ofTenant(node.path("error_percent"), work.unitsPerSec()),
                ReadingJson.get(node, "host", TenantResultJson::host),
                numbers(node.path("metrics")),
                ReadingJson.get(node, "log", JsonNode::asText),
                node.path(ServedLoad.FIELD).isObject()
                        ? Optional.of(ServedLoad.read(node.path(ServedLoad.FIELD)))
                        : Optional.empty());
    }

    /** Both are written for whoever reads a file; they say the same. */
    private static void requireInverse(Reading<Double> slowdown, Reading<Double> progress, JsonNode number) {
        Optional<Double> expected = slowdown.map(times -> 1 / times).asOptional();
        Optional<Double> said = progress.asOptional();
        boolean same = expected.isPresent() == said.isPresent()
                && (said.isEmpty() || Agreement.agree(said.get(), expected.get()));
        if (!same) {
            throw new ContradictionException("the normalised progress of tenant " + number.asInt() + " is "
                    + words(said) + ", and the inverse of its slowdown " + words(expected));
        }
    }

    private static String words(Optional<Double> figure) {
        return figure.map(Agreement::words).orElse("absent");
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

    private static void put(ObjectNode node, AtFullSpeed speed) {
        node.put("throughput_units_per_sec", speed.unitsPerSec());
        ReadingJson.put(node, "latency", speed.latency().map(TenantResultJson::of));
    }

    private static AtFullSpeed atFullSpeed(JsonNode node) {
        return new AtFullSpeed(
                node.path("throughput_units_per_sec").asDouble(),
                ReadingJson.get(node, "latency", TenantResultJson::latency));
    }

    private static ObjectNode of(CoreSpeed core) {
        ObjectNode node = JSON.objectNode();
        core.cores().forEach(node.putArray("cpus")::add);
        node.put("full_speed_loop_ns", core.fullSpeedNanos())
                .put("measured_s", core.measuredS())
                .put("slowed_s", core.slowedS())
                .put("shared_s", core.sharedS())
                .put("seen_by", core.witnessed() ? GPUSHARE : "tenant");
        switch (core.effect()) {
            case NONE -> node.put("harmless", true);
            case KNOWN_OF_ALIKE -> node.put("known_of_alike", true);
            case OF_ITS_OWN -> {}
        }
        core.slowedSpeed()
                .ifPresentOrElse(speed -> node.put("slowed_speed", speed), () -> node.putNull("slowed_speed"));
        return node;
    }

    /** Absent from results of versions that did not look. */
    private static Reading<CoreSpeed> core(JsonNode tenant) {
        return tenant.has("core")
                ? ReadingJson.get(tenant, "core", TenantResultJson::coreSpeed)
                : Reading.notMeasured("nobody looked at the speed of its core");
    }

    private static CoreSpeed coreSpeed(JsonNode node) {
        JsonNode speed = node.path("slowed_speed");
        return new CoreSpeed(
                node.path("cpus").valueStream().map(JsonNode::asInt).toList(),
                node.path("full_speed_loop_ns").asDouble(),
                node.path("measured_s").asDouble(),
                node.path("slowed_s").asDouble(),
                node.path("shared_s").asDouble(),
                speed.isNumber() ? OptionalDouble.of(speed.asDouble()) : OptionalDouble.empty(),
                node.path("seen_by").asText().equals(GPUSHARE),
                effect(node));
    }

    private static CoreSpeed.Effect effect(JsonNode core) {
        if (core.path("harmless").asBoolean()) {
            return CoreSpeed.Effect.NONE;
        }
        return core.path("known_of_alike").asBoolean() ? CoreSpeed.Effect.KNOWN_OF_ALIKE : CoreSpeed.Effect.OF_ITS_OWN;
    }

    static ObjectNode of(HostUse host) {
        ObjectNode node = JSON.objectNode().put("cpu_s", host.cpuS());
        ReadingJson.put(node, "voluntary_switches", host.voluntarySwitches());
        ReadingJson.put(node, "involuntary_switches", host.involuntarySwitches());
        ReadingJson.put(node, "waited_s", host.waitedS());
        return node;
    }

    static HostUse host(JsonNode node) {
        return new HostUse(
                node.path("cpu_s").asDouble(),
                JsonFields.longOf(node, "voluntary_switches"),
                JsonFields.longOf(node, "involuntary_switches"),
                // Older versions did not ask.
                node.has("waited_s")
                        ? ReadingJson.get(node, "waited_s", JsonNode::asDouble)
                        : Reading.notMeasured("it was not asked for"));
    }
}
