package io.gpushare.report.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.report.Report;
import io.gpushare.results.RecordJson;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Section;
import io.gpushare.study.metric.StudyOptions;
import java.util.List;
import java.util.Locale;

/** A study as one document, complete; {@code analysis.schema.json} says what it holds. */
public final class StudyJson {
    public static final int SCHEMA_VERSION = 1;
    public static final String KIND = "analysis";

    private StudyJson() {}

    public static ObjectNode of(Report report) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("schema_version", SCHEMA_VERSION)
                .put("kind", KIND)
                .put("made_utc", report.madeAt().toString())
                .put("tool_version", report.toolVersion());
        put(document.putObject("options"), report.study().options());
        put(document.putObject("input"), report.read());
        ArrayNode sections = document.putArray("sections");
        report.study().sections().forEach(section -> put(sections.addObject(), section));
        put(document.putArray("left_out"), report.study().leftOut());
        return document;
    }

    private static void put(ObjectNode node, StudyOptions options) {
        node.put("include_invalid", options.includeInvalid()).put("by_card", options.byCard());
        RecordJson.put(node, "slos", options.slos());
        options.gpuCostPerHour()
                .ifPresentOrElse(
                        price -> node.put("gpu_cost_per_hour", price),
                        () -> Nodes.absent(node, "gpu_cost_per_hour", "no price was given (--gpu-cost-per-hour)"));
        node.put("seed", options.seed());
    }

    private static void put(ObjectNode node, ReadResults read) {
        node.put("runs", read.runs().size())
                .put("files", read.files())
                .put("bytes", read.bytes())
                .put("incomplete", read.incomplete());
        ArrayNode skipped = node.putArray("skipped");
        read.skipped()
                .forEach(file -> skipped.addObject()
                        .put("file", file.file().toString())
                        .put("reason", file.reason())
                        .put("loss", file.loss()));
        Nodes.put(
                node,
                "monitors",
                read.monitors().stream()
                        .map(monitor -> monitor.file().toString())
                        .toList());
    }

    private static void put(ObjectNode node, Section section) {
        node.put("gpu", section.gpu()).put("simulated", section.simulated()).put("runs", section.runs());
        Nodes.put(node, "cards", section.cards());
        Nodes.put(node, "drivers", section.drivers());
        Nodes.put(node, "cautions", section.cautions());
        ArrayNode families = node.putArray("families");
        section.families().forEach(family -> FamilyJson.put(families.addObject(), family));
        ArrayNode matrices = node.putArray("interference");
        section.interference().forEach(matrix -> FamilyJson.put(matrices.addObject(), matrix));
        ArrayNode slices = node.putArray("slices");
        section.slices().forEach(study -> FamilyJson.put(slices.addObject(), study));
        ArrayNode loads = node.putArray("loads");
        section.loads().forEach(study -> FamilyJson.put(loads.addObject(), study));
    }

    private static void put(ArrayNode findings, Verdict verdict) {
        verdict.findings()
                .forEach(finding -> findings.addObject()
                        .put("reason", finding.reason().name().toLowerCase(Locale.ROOT))
                        .put("message", finding.message()));
    }

    /** Runs by their files, which hold the rest. */
    static void put(ArrayNode node, List<StoredRun> runs) {
        for (StoredRun run : runs) {
            ObjectNode one = node.addObject()
                    .put("file", run.file().toString())
                    .put("read_from", run.origin().name().toLowerCase(Locale.ROOT))
                    .put("run_id", run.result().runId())
                    .put("started_utc", run.result().startedAt().toString())
                    .put("valid", run.result().verdict().valid());
            put(one.putArray("findings"), run.result().verdict());
            run.saidVerdict()
                    .ifPresentOrElse(
                            said -> {
                                ObjectNode inFile =
                                        one.putObject("verdict_in_file").put("valid", said.valid());
                                put(inFile.putArray("findings"), said);
                            },
                            () -> one.putNull("verdict_in_file"));
        }
    }
}
