package io.gpushare.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.reading.GpuMetric;
import io.gpushare.report.ArmLook;
import io.gpushare.report.Report.ShownRun;
import io.gpushare.results.reading.timeline.RunTimeline;
import io.gpushare.results.reading.timeline.RunTimeline.Phase;
import io.gpushare.results.reading.timeline.RunTimeline.Series;
import io.gpushare.results.reading.timeline.RunTimeline.TenantWindows;
import io.gpushare.results.reading.timeline.RunTimeline.Window;
import java.util.List;
import java.util.Optional;

/** A run over time, as the page's script draws it. */
final class TimelineData {
    /** Several names: the first that the run has, since what a GPU and its driver offer differs. */
    private record Line(String label, List<String> metrics) {}

    private record Panel(String title, List<Line> lines) {}

    private static final List<Panel> PANELS = List.of(
            new Panel(
                    "GPU activity",
                    List.of(
                            new Line("SM active", List.of(GpuMetric.SM_ACTIVE_PERCENT)),
                            new Line(
                                    "some kernel ran",
                                    List.of(
                                            GpuMetric.GPU_UTILIZATION_RECORDED_PERCENT,
                                            GpuMetric.GPU_UTILIZATION_PERCENT)),
                            new Line("memory active", List.of(GpuMetric.DRAM_ACTIVE_PERCENT)),
                            new Line("tensor cores active", List.of(GpuMetric.TENSOR_ACTIVE_PERCENT)))),
            new Panel("Power", List.of(new Line("power", List.of(GpuMetric.POWER_RECORDED_W, GpuMetric.POWER_W)))),
            new Panel("Temperature", List.of(new Line("temperature", List.of(GpuMetric.TEMPERATURE_C)))));

    private static final int MOST_WINDOWS = 20_000;

    private boolean thinned;

    private TimelineData() {}

    static int seriesOf(RunTimeline timeline) {
        return (int) PANELS.stream()
                .flatMap(panel -> panel.lines().stream())
                .filter(line -> series(timeline, line).isPresent())
                .count();
    }

    /** @param most points of a series, about */
    static ObjectNode of(ShownRun shown, ArmLook look, int most) {
        return new TimelineData().node(shown, look, most);
    }

    private ObjectNode node(ShownRun shown, ArmLook look, int most) {
        RunTimeline timeline = shown.timeline();
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("style", Styling.look(look))
                .put("simulated", shown.run().result().simulated());
        timeline.missing().ifPresent(why -> node.put("missing", why));
        ArrayNode phases = node.putArray("phases");
        for (Phase phase : timeline.phases()) {
            phases.addArray().add(phase.name()).add(seconds(phase.fromS())).add(seconds(phase.untilS()));
        }
        ArrayNode tenants = node.putArray("tenants");
        int windowsEach = MOST_WINDOWS / Math.max(1, timeline.tenants().size());
        timeline.tenants().forEach(tenant -> put(tenants.addObject(), tenant, windowsEach));
        ArrayNode panels = node.putArray("panels");
        for (Panel panel : PANELS) {
            put(panels, panel, timeline, most);
        }
        return node.put("thinned", thinned);
    }

    private void put(ObjectNode node, TenantWindows tenant, int most) {
        node.put("name", tenant.number() + " " + tenant.variant()).put("unit", tenant.unit());
        ArrayNode windows = node.putArray("windows");
        thinned |= tenant.windows().size() > most;
        for (Window window : tenant.windows().stream().limit(most).toList()) {
            windows.addArray()
                    .add(seconds(window.fromS()))
                    .add(seconds(window.untilS()))
                    .add(Figures.drawn(window.unitsPerSec()))
                    .add(window.counted() ? 1 : 0)
                    .add(window.p50Ms().map(Figures::drawn).orElse(null))
                    .add(window.p99Ms().map(Figures::drawn).orElse(null));
        }
    }

    private void put(ArrayNode panels, Panel panel, RunTimeline timeline, int most) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("title", panel.title());
        ArrayNode lines = node.putArray("lines");
        for (Line line : panel.lines()) {
            series(timeline, line).ifPresent(series -> {
                node.put("unit", series.unit());
                ThinSeries thin = ThinSeries.of(series, most);
                thinned |= thin.thinned();
                ObjectNode drawn = lines.addObject().put("name", line.label());
                ArrayNode atS = drawn.putArray("atS");
                thin.atS().forEach(at -> atS.add(seconds(at)));
                ArrayNode values = drawn.putArray("values");
                thin.values().forEach(value -> values.add(Figures.drawn(value)));
            });
        }
        if (!lines.isEmpty()) {
            panels.add(node);
        }
    }

    private static Optional<Series> series(RunTimeline timeline, Line line) {
        return line.metrics().stream()
                .filter(timeline.gpu()::containsKey)
                .map(timeline.gpu()::get)
                .filter(series -> series.values().stream().anyMatch(Double::isFinite))
                .findFirst();
    }

    /** To the millisecond. */
    private static double seconds(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
