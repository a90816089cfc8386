package io.gpushare.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.report.ArmLooks;
import io.gpushare.study.Family;
import io.gpushare.study.arm.ScalingCurve;
import io.gpushare.study.arm.ScalingCurve.Point;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;

/** Throughput of all tenants over their number. */
final class ScalingChart {
    private ScalingChart() {}

    /** Whether some way of sharing was run with more than one number of tenants. */
    static boolean worthDrawing(Family family) {
        return family.scaling().values().stream()
                .anyMatch(curve -> curve.points().size() > 1);
    }

    static Element of(Family family, ArmLooks looks, PageCharts charts) {
        Metric metric = family.scaling().values().stream()
                .flatMap(curve -> curve.points().stream())
                .findFirst()
                .orElseThrow()
                .throughput()
                .metric();
        ObjectNode chart =
                JsonNodeFactory.instance.objectNode().put("unit", metric.unit()).put("label", metric.label());
        ArrayNode lines = chart.putArray("lines");
        family.scaling().forEach((name, curve) -> {
            ObjectNode line = lines.addObject().put("name", name);
            Styling.draw(line, looks.of(curve.arm()));
            put(line.putArray("points"), curve);
        });
        String unit = metric.unit().isEmpty() ? "" : ", " + metric.unit();
        return charts.figure(
                "scaling",
                metric.label() + unit + ", over the number of tenants",
                "Line chart: " + metric.label() + " of " + family.name() + " over the number of tenants",
                chart);
    }

    private static void put(ArrayNode points, ScalingCurve curve) {
        for (Point point : curve.points()) {
            Estimate throughput = point.throughput();
            ArrayNode node = points.addArray()
                    .add(point.tenants())
                    .add(Plotted.of(throughput.mean()))
                    .add(throughput.n());
            throughput
                    .range()
                    .ifPresent(range -> node.add(Plotted.of(range.lower())).add(Plotted.of(range.upper())));
        }
    }
}
