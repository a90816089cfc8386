package io.gpushare.report.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.BootstrapInterval;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.study.Family;
import io.gpushare.study.InterferenceMatrix;
import io.gpushare.study.InterferenceMatrix.Cell;
import io.gpushare.study.SliceStudy;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.LoadStudy;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.Starvation;
import io.gpushare.study.metric.Claim;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Mixes and what was found in them, as JSON. */
final class FamilyJson {
    private static final String ONE_RUN = "a single run has no spread";
    private static final String NO_CLAIM = "the runs say no error of it";
    private static final Map<String, Double> QUANTILES =
            Map.of("p50_ms", 0.5, "p90_ms", 0.9, "p95_ms", 0.95, "p99_ms", 0.99, "p99_9_ms", 0.999);

    private FamilyJson() {}

    static void put(ObjectNode node, Family family) {
        node.put("name", family.name());
        put(node.putArray("answers"), family.answers());
        ArrayNode mixes = node.putArray("mixes");
        family.mixes().forEach(mix -> put(mixes.addObject(), mix));
        ArrayNode curves = node.putArray("scaling");
        family.scaling().forEach((name, curve) -> {
            ObjectNode one = curves.addObject().put("name", name);
            put(one, curve.arm());
            ArrayNode points = one.putArray("points");
            curve.points().forEach(point -> {
                ObjectNode at = points.addObject().put("tenants", point.tenants());
                put(at.putObject("throughput"), point.throughput());
            });
        });
    }

    static void put(ObjectNode node, InterferenceMatrix matrix) {
        node.put("name", matrix.name());
        put(node, matrix.arm());
        Nodes.put(node, "variants", matrix.variants());
        ArrayNode rows = node.putArray("cells");
        for (List<Optional<Cell>> row : matrix.cells()) {
            ArrayNode cells = rows.addArray();
            for (Optional<Cell> cell : row) {
                ObjectNode one = cells.addObject().put("n", cell.map(Cell::n).orElse(0));
                Nodes.number(
                        one,
                        "slowdown",
                        cell.map(Cell::slowdown),
                        "this pair was not run, or without a baseline that fits");
            }
        }
    }

    private static void put(ObjectNode node, ArmKey arm) {
        node.put("mode", arm.mode().toString()).put("arm", arm.label()).put("runtime", arm.runtime());
        node.put("cores_per_tenant", arm.coresPerTenant());
    }

    private static void put(ObjectNode node, MixStudy mix) {
        node.put("mix", mix.mix()).put("tenants", mix.tenants());
        ArrayNode variants = node.putArray("variants");
        mix.counts()
                .forEach(count -> variants.addObject()
                        .put("variant", count.variant())
                        .put("tenants", count.tenants())
                        .put("unit", count.unit())
                        .put("kind", count.kind()));
        put(node.putArray("answers"), mix.answers());
        ArrayNode starvations = node.putArray("starvations");
        mix.starvations().forEach(starvation -> put(starvations.addObject(), starvation));
        ArrayNode arms = node.putArray("arms");
        mix.arms().forEach(arm -> put(arms.addObject(), arm));
    }

    static void put(ObjectNode node, SliceStudy study) {
        node.put("variant", study.variant()).put("of_slices", study.slices());
        put(node.putArray("answers"), study.answers());
        put(node, "whole", study.whole());
        put(node, "whole_power", study.wholeW());
        ArrayNode points = node.putArray("points");
        for (SliceStudy.Point point : study.points()) {
            ObjectNode one = points.addObject()
                    .put("slice", point.slice())
                    .put("compute_slices", point.computeSlices())
                    .put("neighbours", point.neighbours())
                    .put("neighbour", point.neighbours() == 0 ? null : point.neighbour());
            put(one.putObject("rate"), point.rate());
            put(one, "power", point.watts());
        }
    }

    static void put(ObjectNode node, LoadStudy study) {
        node.put("server", study.server()).put("shape", study.shape()).put("loop", study.open() ? "open" : "closed");
        ArrayNode levels = node.putArray("levels");
        for (LoadStudy.Level level : study.levels()) {
            ObjectNode one = levels.addObject();
            Nodes.number(one, "total", level.total());
            put(one.putArray("answers"), level.answers());
            ArrayNode ways = one.putArray("ways");
            for (LoadStudy.Way way : level.ways()) {
                put(
                        ways.addObject()
                                .put("replicas", way.replicas())
                                .put("fell_behind", way.fellBehind())
                                .putObject("arm"),
                        way.arm());
            }
        }
    }

    private static void put(ObjectNode node, String name, Optional<Estimate> estimate) {
        estimate.ifPresentOrElse(
                known -> put(node.putObject(name), known), () -> Nodes.absent(node, name, "it was not measured"));
    }

    private static void put(ArrayNode node, List<Answer> answers) {
        answers.forEach(answer -> node.addObject()
                .put("topic", answer.topic().name().toLowerCase(Locale.ROOT))
                .put("confidence", answer.confidence().word())
                .put("text", answer.text())
                .put("command", answer.command().orElse(null)));
    }

    private static void put(ObjectNode node, Starvation starvation) {
        put(node, starvation.arm());
        node.put("victim", starvation.victim()).put("neighbour", starvation.neighbour());
        Nodes.number(node, "slowdown", starvation.slowdown());
        Nodes.number(node, "neighbour_slowdown", starvation.neighbourSlowdown());
        Nodes.number(node, "factor", starvation.factor());
        node.put("runs", starvation.runs());
        ArrayNode cures = node.putArray("cures");
        starvation
                .cures()
                .forEach(cure -> cures.addObject()
                        .put("text", cure.text())
                        .put("measured", cure.measured().orElse(null))
                        .put("command", cure.command()));
    }

    private static void put(ObjectNode node, Arm arm) {
        node.put("name", arm.name());
        put(node, arm.key());
        StudyJson.put(node.putArray("runs"), arm.runs());
        StudyJson.put(node.putArray("left_out"), arm.leftOut());
        ArrayNode estimates = node.putArray("estimates");
        arm.estimates().values().forEach(estimate -> put(estimates.addObject(), estimate));
        ArrayNode latencies = node.putArray("latencies");
        arm.latencies().forEach((variant, counts) -> put(latencies.addObject(), variant, counts));
    }

    private static void put(ObjectNode node, Estimate estimate) {
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
        Optional<BootstrapInterval> interval = estimate.interval();
        Nodes.number(node, "confidence_95_lower", interval.map(BootstrapInterval::lower), ONE_RUN);
        Nodes.number(node, "confidence_95_upper", interval.map(BootstrapInterval::upper), ONE_RUN);
        node.put(
                "confidence_95_reached",
                interval.filter(BootstrapInterval::reaches).isPresent());
        Nodes.number(node, "standard_deviation", estimate.deviation(), ONE_RUN);
        Nodes.number(node, "claimed_standard_error", estimate.claim().map(Claim::standardError), NO_CLAIM);
        Nodes.number(node, "claimed_95_half_width", estimate.claim().map(Claim::halfWidth), NO_CLAIM);
        Nodes.number(node, "spread_against_claimed", estimate.spread().map(Spread::ratio), whyNoSpread(estimate));
        node.put("spread", estimate.spread().map(spread -> spread.size().word()).orElse(null));
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

    private static void put(ObjectNode node, String variant, LatencyCounts counts) {
        node.put("variant", variant).put("count", counts.count());
        QUANTILES.entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(quantile -> {
            OptionalDouble ms = counts.quantileMs(quantile.getValue());
            if (ms.isPresent()) {
                node.put(quantile.getKey(), ms.getAsDouble());
            } else {
                Nodes.absent(node, quantile.getKey(), "no latencies");
            }
        });
    }
}
