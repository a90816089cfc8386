package io.gpushare.report.chart;

import io.gpushare.reading.GpuMetric;
import io.gpushare.results.reading.timeline.RunTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The GPU's readings that a picture shows, thinned to what its width can hold. */
final class GpuCurves {
    static final String SM_ACTIVE = GpuMetric.SM_ACTIVE_PERCENT;
    static final String UTILIZATION = GpuMetric.GPU_UTILIZATION_PERCENT;
    static final String POWER = GpuMetric.POWER_W;
    static final String TEMPERATURE = GpuMetric.TEMPERATURE_C;

    private GpuCurves() {}

    /** Empty without a single number. */
    static Optional<RunTimeline.Series> of(RunTimeline timeline, String name) {
        return Optional.ofNullable(timeline.gpu().get(name))
                .filter(series -> series.values().stream().anyMatch(value -> Double.isFinite(value)));
    }

    /** The highest of the readings that the axis shows; 0 without readings. */
    static double highest(RunTimeline timeline, String name, Axis time) {
        Optional<RunTimeline.Series> series = of(timeline, name);
        if (series.isEmpty()) {
            return 0;
        }
        return points(series.get(), time, Double.POSITIVE_INFINITY).stream()
                .mapToDouble(Panel.Point::y)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    /** Where several lie on one pixel, the least and the most of them in their order: no peak is lost. */
    static List<Panel.Point> points(RunTimeline.Series series, Axis time, double pixels) {
        List<Panel.Point> points = new ArrayList<>();
        long pixel = Long.MIN_VALUE;
        List<Panel.Point> same = new ArrayList<>();
        for (int i = 0; i < series.atS().size(); i++) {
            double at = series.atS().get(i);
            if (!(at >= time.from() && at <= time.until())) {
                continue;
            }
            Panel.Point point = new Panel.Point(at, series.values().get(i));
            long here = Double.isInfinite(pixels) ? i : (long) (time.place(at) * pixels);
            if (here != pixel) {
                points.addAll(extremes(same));
                same.clear();
                pixel = here;
            }
            same.add(point);
        }
        points.addAll(extremes(same));
        return points;
    }

    private static List<Panel.Point> extremes(List<Panel.Point> same) {
        if (same.size() <= 2) {
            return List.copyOf(same);
        }
        Panel.Point least = same.getFirst();
        Panel.Point most = same.getFirst();
        for (Panel.Point point : same) {
            if (Double.isFinite(point.y())) {
                least = !Double.isFinite(least.y()) || point.y() < least.y() ? point : least;
                most = !Double.isFinite(most.y()) || point.y() > most.y() ? point : most;
            }
        }
        return least.x() <= most.x() ? List.of(least, most) : List.of(most, least);
    }
}
