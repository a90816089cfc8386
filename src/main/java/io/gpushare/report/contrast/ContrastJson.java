package io.gpushare.report.contrast;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.compare.Comparison;
import io.gpushare.compare.Group;
import io.gpushare.compare.MetricChange;
import io.gpushare.compare.Pair;
import io.gpushare.compare.Side;
import io.gpushare.compare.ThresholdOutcome;
import io.gpushare.results.RecordJson;
import io.gpushare.study.metric.Metric;
import java.util.List;
import java.util.Locale;

/** A comparison for programs. */
public final class ContrastJson {
    private static final int SCHEMA_VERSION = 1;

    private ContrastJson() {}

    public static ObjectNode of(Comparison comparison) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("schema_version", SCHEMA_VERSION)
                .put("kind", "comparison")
                .put("broken", comparison.isBroken())
                .put("summary", ContrastWords.summary(comparison));
        put(document.putObject("baseline"), comparison.baseline());
        put(document.putObject("contender"), comparison.contender());
        ArrayNode thresholds = document.putArray("thresholds");
        comparison.thresholds().forEach(outcome -> put(thresholds.addObject(), comparison, outcome));
        ArrayNode pairs = document.putArray("pairs");
        comparison.pairs().forEach(pair -> put(pairs.addObject(), comparison, pair));
        put(document.putArray("only_baseline"), comparison.onlyBaseline());
        put(document.putArray("only_contender"), comparison.onlyContender());
        RecordJson.put(document, "notes", ContrastWords.notes(comparison));
        return document;
    }

    private static void put(ObjectNode node, Side side) {
        node.put("name", side.name());
        RecordJson.put(node, "left_out", side.leftOut());
    }

    private static void put(ObjectNode node, Comparison comparison, ThresholdOutcome outcome) {
        node.put("threshold", outcome.threshold().text())
                .put("result", outcome.result().name().toLowerCase(Locale.ROOT))
                .put("fails", outcome.fails())
                .put(
                        "pair",
                        outcome.pair()
                                .map(pair -> ContrastWords.title(comparison, pair))
                                .orElse(null))
                .put("metric", outcome.metric().map(Metric::id).orElse(null))
                .put("sentence", outcome.sentence());
    }

    private static void put(ObjectNode node, Comparison comparison, Pair pair) {
        node.put("title", ContrastWords.title(comparison, pair));
        put(node.putObject("baseline"), pair.baseline());
        put(node.putObject("contender"), pair.contender());
        RecordJson.put(node, "cautions", pair.cautions());
        RecordJson.put(node, "environment_differences", pair.environment());
        ArrayNode metrics = node.putArray("metrics");
        pair.changes().forEach(change -> put(metrics.addObject(), change));
        putIds(node.putArray("only_baseline"), pair.onlyBaseline());
        putIds(node.putArray("only_contender"), pair.onlyContender());
    }

    private static void putIds(ArrayNode array, List<Metric> metrics) {
        metrics.forEach(metric -> array.add(metric.id()));
    }

    private static void put(ArrayNode array, List<Group> groups) {
        groups.forEach(group -> put(array.addObject(), group));
    }

    private static void put(ObjectNode node, Group group) {
        node.put("mix", group.mix())
                .put("tenants", group.tenants())
                .put("arm", group.arm())
                .put("runtime", group.runtime())
                .put("gpu", group.gpu())
                .put("simulated", group.simulated())
                .put("source", group.source())
                .put("runs", group.runs())
                .put("failed_runs", group.failedRuns());
        RecordJson.put(node, "files", group.files());
    }

    private static void put(ObjectNode node, MetricChange change) {
        Metric metric = change.metric();
        node.put("metric", metric.key())
                .put("variant", metric.variant().orElse(null))
                .put("label", metric.label())
                .put("unit", metric.unit())
                .put("better", metric.better().name().toLowerCase(Locale.ROOT));
        put(node.putObject("baseline"), change.baselineMean(), change.baseline());
        put(node.putObject("contender"), change.contenderMean(), change.contender());
        node.put("change_percent", change.percent().orElse(null));
        RecordJson.put(node, "change_interval_percent", change.percentInterval());
        node.put("p", change.p().orElse(null))
                .put("judgement", change.judgement().name().toLowerCase(Locale.ROOT))
                .put("separated", change.difference().separated());
    }

    private static void put(ObjectNode node, double mean, List<Double> values) {
        node.put("mean", mean).put("n", values.size());
        values.forEach(node.putArray("values")::add);
    }
}
