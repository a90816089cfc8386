package io.gpushare.results.benchmark;

import static io.gpushare.results.benchmark.JsonFields.objectOf;
import static io.gpushare.results.benchmark.JsonFields.optionalText;
import static io.gpushare.results.benchmark.JsonFields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.ModeProof;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.results.ReadingJson;
import java.time.Instant;

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
        document.set("verdict", VerdictJson.of(run.verdict()));
        SummaryJson.put(document.putObject("metrics"), run.metrics());
        ArrayNode tenants = document.putArray("tenants");
        run.tenants().forEach(tenant -> tenants.add(TenantResultJson.of(tenant)));
        WatchedResult.put(document, run.watched());
        ArrayNode baselines = document.putArray("baselines");
        run.baselines().forEach(baseline -> put(baselines.addObject(), baseline));
        ReadingJson.put(document, "gpu", run.gpu().map(GpuUseJson::of));
        HostLoad.put(document, run.host());
        SummaryJson.put(document.putObject("timeline"), run.timeline());
        put(document.putObject("proof"), run.proof());
        document.set("plan", run.plan().document().deepCopy());
        document.set("environment", run.environment().deepCopy());
        document.set("sampling", run.sampling().deepCopy());
        ArrayNode warnings = document.putArray("warnings");
        run.warnings().forEach(warnings::add);
        return document;
    }

    /**
     * The run of a document that keeps the schema.
     *
     * @throws IllegalArgumentException for one that does not, in what a schema cannot say
     */
    public static RunResult read(JsonNode document) {
        return new RunResult(
                document.path("run_id").asText(),
                document.path("group").asText(),
                document.path("repetition").asInt(),
                document.path("repetitions").asInt(),
                Instant.parse(document.path("started_utc").asText()),
                document.path("simulated").asBoolean(),
                plan(document),
                objectOf(document.path("environment")),
                proof(document.path("proof")),
                document.path("baselines")
                        .valueStream()
                        .map(RunResultJson::baseline)
                        .toList(),
                document.path("tenants")
                        .valueStream()
                        .map(TenantResultJson::read)
                        .toList(),
                WatchedResult.read(document),
                SummaryJson.metrics(document.path("metrics")),
                ReadingJson.get(document, "gpu", GpuUseJson::read),
                HostLoad.read(document),
                SummaryJson.timeline(document.path("timeline")),
                objectOf(document.path("sampling")),
                texts(document.path("warnings")),
                VerdictJson.read(document.path("verdict")));
    }

    private static RecordedPlan plan(JsonNode document) {
        ModeKind kind = ModeKind.of(document.path("mode").asText());
        RecordedPlan plan = RecordedPlan.read(objectOf(document.path("plan")), kind);
        if (plan.mode().kind() != kind) {
            throw new ContradictionException("its mode is " + kind + ", and that of its plan "
                    + plan.mode().kind());
        }
        return plan;
    }

    private static void put(ObjectNode node, ModeProof proof) {
        node.put("proven", proof.proven());
        ArrayNode evidence = node.putArray("evidence");
        proof.evidence().forEach(evidence::add);
    }

    private static ModeProof proof(JsonNode node) {
        return new ModeProof(node.path("proven").asBoolean(), texts(node.path("evidence")));
    }

    private static void put(ObjectNode node, BaselineResult baseline) {
        node.put("variant", baseline.variant()).put("source", baseline.source().orElse(null));
        node.set("alone", TenantResultJson.of(baseline.alone()));
        ReadingJson.put(node, "gpu", baseline.gpu().map(GpuUseJson::of));
    }

    private static BaselineResult baseline(JsonNode node) {
        return new BaselineResult(
                node.path("variant").asText(),
                TenantResultJson.read(node.path("alone")),
                ReadingJson.get(node, "gpu", GpuUseJson::read),
                optionalText(node.path("source")));
    }
}
