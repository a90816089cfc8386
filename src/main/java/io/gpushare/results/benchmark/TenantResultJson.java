package io.gpushare.results.benchmark;

import static io.gpushare.results.benchmark.JsonFields.numbers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.CoreLoops;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.reading.Reading;
import io.gpushare.results.Agreement;
import io.gpushare.results.ReadingJson;
import io.gpushare.results.RecordJson;
import io.gpushare.results.benchmark.TenantResult.AtFullSpeed;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.results.benchmark.TenantResult.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What one tenant did, as a result file says it. */
final class TenantResultJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Who looked at the speed of a core, where it was not the tenant. */
    static final String GPUSHARE = "gpushare";

    private TenantResultJson() {}

    static ObjectNode of(TenantResult tenant) {
        ObjectNode node = RecordJson.of(tenant.identity());
        node.set("problem", tenant.problem().map(RecordJson::of).orElse(null));
        ReadingJson.put(node, "throughput_units_per_sec", tenant.work().measuredUnitsPerSec());
        ReadingJson.put(node, "latency", tenant.work().measuredLatency().map(RecordJson::of));
        node.set(
                "at_full_speed", tenant.work().atFullSpeed().map(RecordJson::of).orElse(null));
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
        ReadingJson.put(node, "host", tenant.host().map(RecordJson::of));
        node.set("metrics", JsonFields.of(tenant.metrics()));
        node.set("said", tenant.start().said().map(ObjectNode::deepCopy).orElse(null));
        tenant.load().ifPresent(load -> node.set(ServedLoad.FIELD, load.json()));
        node.set("launched", tenant.start().launched().deepCopy());
        ReadingJson.put(node, "log", tenant.log());
        ArrayNode windows = node.putArray("windows");
        tenant.work().windows().forEach(window -> windows.add(of(window)));
        return node;
    }

    static TenantResult read(JsonNode node) {
        Reading<Double> slowdown = ReadingJson.get(node, "slowdown", JsonNode::asDouble);
        requireInverse(slowdown, ReadingJson.get(node, "normalised_progress", JsonNode::asDouble), node.path("number"));
        TenantResult.Work work = new TenantResult.Work(
                node.path("units").asDouble(),
                node.path("steps").asLong(),
                ReadingJson.get(node, "throughput_units_per_sec", JsonNode::asDouble),
                ReadingJson.get(node, "latency", latency -> RecordJson.read(latency, Latency.class)),
                ReadingJson.get(node, "active_s", JsonNode::asDouble),
                core(node),
                present(node, "at_full_speed", AtFullSpeed.class),
                node.path("windows").valueStream().map(TenantResultJson::window).toList());
        return new TenantResult(
                RecordJson.read(node, TenantResult.Identity.class),
                present(node, "problem", Problem.class),
                RecordJson.read(node, TenantResult.Start.class),
                work,
                slowdown,
                ErrorsJson.ofTenant(node.path("error_percent"), work.unitsPerSec()),
                ReadingJson.get(node, "host", host -> RecordJson.read(host, HostUse.class)),
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

    private static <T extends Record> Optional<T> present(JsonNode node, String name, Class<T> type) {
        return node.path(name).isObject() ? Optional.of(RecordJson.read(node.path(name), type)) : Optional.empty();
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
        RecordJson.put(node, "slowed_speed", core.slowedSpeed());
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

    private static ObjectNode of(WindowResult window) {
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
        core.nanos().forEach(node.putArray("loops_ns")::add);
        if (core.witnessed()) {
            node.put("seen_by", GPUSHARE);
        }
    }

    private static Optional<CoreLoops> loops(JsonNode node) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        JsonNode number = node.path("cpu");
        return Optional.of(new CoreLoops(
                number.isInt() ? OptionalInt.of(number.intValue()) : OptionalInt.empty(),
                node.path("loops_ns").valueStream().map(JsonNode::asLong).toList(),
                node.path("seen_by").asText().equals(GPUSHARE)));
    }

    private static WindowResult window(JsonNode node) {
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
                loops(node.path("core")));
    }
}
