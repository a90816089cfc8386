package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.ModeKind;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.results.ReadingJson;
import io.gpushare.results.RecordJson;
import java.util.Optional;

/** A run as its file says it, and back. */
public final class RunResultJson {
    public static final int SCHEMA_VERSION = 1;
    public static final String KIND = "benchmark";

    private RunResultJson() {}

    public static ObjectNode of(RunResult run) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("schema_version", SCHEMA_VERSION)
                .put("kind", KIND)
                .put("run_id", run.runId())
                .put("group", run.group())
                .put("repetition", run.repetition())
                .put("repetitions", run.repetitions())
                .put("started_utc", run.startedAt().toString())
                .put("simulated", run.simulated())
                .put("mode", run.mode().kind().toString());
        document.set("verdict", of(run.verdict()));
        document.set(
                "metrics",
                RecordJson.of(
                        run.metrics(), Optional.of(ErrorsJson.of(run.metrics().errors()))));
        ArrayNode tenants = document.putArray("tenants");
        run.tenants().forEach(tenant -> tenants.add(TenantResultJson.of(tenant)));
        if (!run.watched().isEmpty()) {
            ArrayNode watched = document.putArray("watched");
            run.watched().forEach(tenant -> watched.add(RecordJson.of(tenant)));
        }
        ArrayNode baselines = document.putArray("baselines");
        run.baselines().forEach(baseline -> put(baselines.addObject(), baseline));
        ReadingJson.put(document, "gpu", run.gpu().map(RecordJson::of));
        ReadingJson.put(document, "host", run.host().map(RecordJson::of));
        document.set("timeline", RecordJson.of(run.timeline()));
        document.set("proof", RecordJson.of(run.proof()));
        document.set("plan", run.plan().document().deepCopy());
        document.set("environment", run.environment().deepCopy());
        document.set("sampling", run.sampling().deepCopy());
        RecordJson.put(document, "warnings", run.warnings());
        return document;
    }

    /**
     * The run of a document that keeps the schema.
     *
     * @throws IllegalArgumentException for one that does not, in what a schema cannot say
     */
    public static RunResult read(JsonNode document) {
        JsonNode metrics = document.path("metrics");
        return RecordJson.read(
                document,
                RunResult.class,
                plan(document),
                document.path("baselines")
                        .valueStream()
                        .map(RunResultJson::baseline)
                        .toList(),
                document.path("tenants")
                        .valueStream()
                        .map(TenantResultJson::read)
                        .toList(),
                RecordJson.read(metrics, SharingMetrics.class, ErrorsJson.ofSharing(metrics)));
    }

    private static RecordedPlan plan(JsonNode document) {
        ModeKind kind = ModeKind.of(document.path("mode").asText());
        RecordedPlan plan = RecordedPlan.read(RecordJson.object(document.path("plan")), kind);
        if (plan.mode().kind() != kind) {
            throw new ContradictionException("its mode is " + kind + ", and that of its plan "
                    + plan.mode().kind());
        }
        return plan;
    }

    private static void put(ObjectNode node, BaselineResult baseline) {
        node.put("variant", baseline.variant()).put("source", baseline.source().orElse(null));
        node.set("alone", TenantResultJson.of(baseline.alone()));
        ReadingJson.put(node, "gpu", baseline.gpu().map(RecordJson::of));
    }

    private static BaselineResult baseline(JsonNode node) {
        return new BaselineResult(
                node.path("variant").asText(),
                TenantResultJson.read(node.path("alone")),
                ReadingJson.get(node, "gpu", gpu -> RecordJson.read(gpu, GpuUse.class)),
                Optional.ofNullable(node.path("source").textValue()));
    }

    private static ObjectNode of(Verdict verdict) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("verdict", verdict.valid() ? "VALID" : "INVALID")
                .put("valid", verdict.valid());
        RecordJson.put(node, verdict);
        return node;
    }
}
