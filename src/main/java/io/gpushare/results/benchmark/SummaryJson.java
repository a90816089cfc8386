package io.gpushare.results.benchmark;

import static io.gpushare.results.benchmark.JsonFields.longOf;
import static io.gpushare.results.benchmark.JsonFields.numbers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.ReadingJson;

/** What sharing did and where the time went, as a result file says it. */
final class SummaryJson {
    private SummaryJson() {}

    static void put(ObjectNode node, SharingMetrics metrics) {
        ReadingJson.put(node, "stp", metrics.stp());
        ReadingJson.put(node, "antt", metrics.antt());
        ReadingJson.put(node, "fairness", metrics.fairness());
        ReadingJson.put(node, "jain", metrics.jain());
        node.put("success_rate", metrics.successRate());
        node.set("throughput_units_per_sec", JsonFields.of(metrics.unitsPerSec()));
        ReadingJson.put(node, "joules_per_unit", metrics.joulesPerUnit());
        ReadingJson.put(node, "cost_per_million_units", metrics.costPerMillionUnits());
        ReadingJson.put(node, "efficiency", metrics.efficiency());
        ReadingJson.put(node, "start_skew_ns", metrics.startSkewNanos());
        ErrorsJson.put(node.putObject("error_percent"), metrics.errors());
    }

    static SharingMetrics metrics(JsonNode node) {
        return new SharingMetrics(
                ReadingJson.get(node, "stp", JsonNode::asDouble),
                ReadingJson.get(node, "antt", JsonNode::asDouble),
                ReadingJson.get(node, "fairness", JsonNode::asDouble),
                ReadingJson.get(node, "jain", JsonNode::asDouble),
                node.path("success_rate").asDouble(),
                numbers(node.path("throughput_units_per_sec")),
                ReadingJson.get(node, "joules_per_unit", JsonNode::asDouble),
                ReadingJson.get(node, "cost_per_million_units", JsonNode::asDouble),
                ReadingJson.get(node, "efficiency", JsonNode::asDouble),
                longOf(node, "start_skew_ns"),
                ErrorsJson.ofSharing(node));
    }

    static void put(ObjectNode node, Timeline timeline) {
        node.put("window_s", timeline.windowS());
        ReadingJson.put(node, "tenants_s", timeline.tenantsS());
        ReadingJson.put(node, "overhead_s", timeline.overheadS());
        node.put("total_s", timeline.totalS());
    }

    static Timeline timeline(JsonNode node) {
        return new Timeline(
                node.path("window_s").asDouble(),
                ReadingJson.get(node, "tenants_s", JsonNode::asDouble),
                ReadingJson.get(node, "overhead_s", JsonNode::asDouble),
                node.path("total_s").asDouble());
    }
}
