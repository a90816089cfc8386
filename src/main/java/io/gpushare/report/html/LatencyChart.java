package io.gpushare.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.report.ArmLooks;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.MixStudy.VariantCount;
import java.util.List;
import java.util.Optional;

/**
 * Latency over its percentile, which is drawn by its nines: 90, 99 and 99.9 % stand equally far apart, because that is
 * where ways of sharing differ. A curve ends where its latencies are too few to say more.
 */
final class LatencyChart {
    private static final double STEP = 0.05;
    private static final int STEPS = 100;
    /** Fewer have no percentiles to speak of. */
    private static final int FEWEST = 10;

    private LatencyChart() {}

    static List<Element> of(MixStudy mix, ArmLooks looks, PageCharts charts) {
        return mix.counts().stream()
                .flatMap(variant -> of(variant, mix.arms(), looks, charts).stream())
                .toList();
    }

    private static Optional<Element> of(VariantCount variant, List<Arm> arms, ArmLooks looks, PageCharts charts) {
        ObjectNode chart = JsonNodeFactory.instance.objectNode().put("step", STEP);
        ArrayNode lines = chart.putArray("lines");
        for (Arm arm : arms) {
            LatencyCounts latencies = arm.latencies().getOrDefault(variant.variant(), LatencyCounts.NONE);
            if (latencies.count() >= FEWEST) {
                ObjectNode line = lines.addObject().put("name", arm.name()).put("count", latencies.count());
                Styling.draw(line, looks.of(arm.key()));
                put(line.putArray("ms"), latencies);
            }
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(charts.figure(
                "latency",
                "Latency of a step of " + variant.variant() + ", ms, by percentile",
                "Line chart: latency of " + variant.variant() + " over its percentile",
                chart));
    }

    private static void put(ArrayNode line, LatencyCounts latencies) {
        double most = Math.log10((double) latencies.count());
        // Not from the shortest latency: one odd step would stretch the scale of all.
        for (int i = 1; i <= STEPS && i * STEP <= most; i++) {
            double quantile = 1 - Math.pow(10, -i * STEP);
            line.add(Plotted.of(latencies.quantileMs(quantile).orElseThrow()));
        }
    }
}
