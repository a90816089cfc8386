package io.gpushare.report.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Numbers over repeated runs, as JSON. */
final class EstimateJson {
    private static final double NANOS_PER_MS = 1e6;
    private static final String ONE_RUN = "a single run has no spread";
    private static final String NO_CLAIM = "the runs say no error of it";
    private static final Map<String, Double> QUANTILES =
            Map.of("p50_ms", 0.5, "p90_ms", 0.9, "p95_ms", 0.95, "p99_ms", 0.99, "p99_9_ms", 0.999);

    private EstimateJson() {}

    static void put(ObjectNode node, Estimate estimate) {
        Metric metric = estimate.metric();
        node.put("metric", metric.key())
                .put("variant", metric.variant().orElse(null))
                .put("label", metric.label())
                .put("unit", metric.unit())
                .put("better", metric.better().name().toLowerCase(Locale.ROOT))
                .put("definition", metric.definition())
                .put("n", estimate.n());
        Nodes.number(node, "mean", estimate.mean());
        Nodes.number(node, "median", estimate.median());
        estimate.interval()
                .ifPresentOrElse(
                        interval -> {
                            Nodes.number(node, "confidence_95_lower", interval.lower());
                            Nodes.number(node, "confidence_95_upper", interval.upper());
                            node.put("confidence_95_reached", interval.reaches());
                        },
                        () -> {
                            Nodes.absent(node, "confidence_95_lower", ONE_RUN);
                            Nodes.absent(node, "confidence_95_upper", ONE_RUN);
                            node.put("confidence_95_reached", false);
                        });
        estimate.deviation()
                .ifPresentOrElse(
                        deviation -> Nodes.number(node, "standard_deviation", deviation),
                        () -> Nodes.absent(node, "standard_deviation", ONE_RUN));
        estimate.claim()
                .ifPresentOrElse(
                        claim -> {
                            Nodes.number(node, "claimed_standard_error", claim.standardError());
                            Nodes.number(node, "claimed_95_half_width", claim.halfWidth());
                        },
                        () -> {
                            Nodes.absent(node, "claimed_standard_error", NO_CLAIM);
                            Nodes.absent(node, "claimed_95_half_width", NO_CLAIM);
                        });
        estimate.spread()
                .ifPresentOrElse(
                        spread -> {
                            Nodes.number(node, "spread_against_claimed", spread.ratio());
                            node.put("spread", spread.size().word());
                        },
                        () -> {
                            Nodes.absent(node, "spread_against_claimed", whyNoSpread(estimate));
                            node.putNull("spread");
                        });
        Nodes.number(node, "min", estimate.min());
        Nodes.number(node, "max", estimate.max());
        ArrayNode values = node.putArray("values");
        for (double value : estimate.values()) {
            values.add(Double.isFinite(value) ? Double.valueOf(value) : null);
        }
    }

    private static String whyNoSpread(Estimate estimate) {
        if (estimate.n() == 1) {
            return ONE_RUN;
        }
        return estimate.claim().isEmpty() ? NO_CLAIM : "the runs do not differ, or claim to be exact";
    }

    static void put(ObjectNode node, String variant, LatencyCounts counts) {
        node.put("variant", variant).put("count", counts.count());
        QUANTILES.entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(quantile -> {
            OptionalDouble nanos = counts.quantileNanos(quantile.getValue());
            if (nanos.isPresent()) {
                node.put(quantile.getKey(), nanos.getAsDouble() / NANOS_PER_MS);
            } else {
                Nodes.absent(node, quantile.getKey(), "no latencies");
            }
        });
    }
}
