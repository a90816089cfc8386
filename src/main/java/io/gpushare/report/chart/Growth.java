package io.gpushare.report.chart;

import io.gpushare.mode.ModeKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What happens as more and more tenants share a GPU, to be drawn.
 *
 * @param title what is shared, and by whom
 * @param source where the numbers come from
 * @param unit of the throughput of all tenants
 * @param tail of latency that is shown, as {@code p99}; empty where there is none
 * @param boundsMs on it
 */
public record Growth(
        String title,
        String source,
        boolean simulated,
        String unit,
        Optional<String> tail,
        List<Double> boundsMs,
        List<Curve> curves) {
    public Growth {
        boundsMs = List.copyOf(boundsMs);
        curves = List.copyOf(curves);
    }

    /**
     * One way of sharing.
     *
     * @param place among those of its mode
     * @param points in the order of their tenants
     * @param knee the fewest tenants with nearly the highest throughput; {@code within} the most that keep the bounds;
     *     {@code breaks} the fewest that are too many
     */
    public record Curve(
            ModeKind mode,
            int place,
            String name,
            List<Point> points,
            OptionalInt knee,
            OptionalInt within,
            OptionalInt breaks) {
        public Curve {
            points = List.copyOf(points);
        }
    }

    /** @param error half of the interval of the throughput; 0 where it is not known */
    public record Point(int tenants, double throughput, double error, OptionalDouble tailMs) {}
}
