package io.gpushare.report.chart;

import io.gpushare.file.AtomicFile;
import io.gpushare.report.ArmLook;
import io.gpushare.text.Figure;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Two plots over the number of tenants: what all get done together, and how long a step of one takes. */
public final class GrowthChart {
    private static final BasicStroke BROKEN = Strokes.dashed(2.5f, 8, 7);
    private static final BasicStroke RING = new BasicStroke(3);
    private static final double RADIUS = 17;
    private static final double RADIUS_IN_LEGEND = 11;

    /** Smaller ones are hidden by the mark of their point. */
    private static final double LEAST_WHISKER = 10;

    /** Around a number that stands beside a ring. */
    private static final double NEAR = 20;

    private static final double CROSS = 9;
    private static final double LEAST_GAP_OF_TICKS = 0.055;

    private final Growth growth;
    private final Picture picture = new Picture();
    private final TreeSet<Integer> counts = new TreeSet<>();

    private GrowthChart(Growth growth) {
        this.growth = growth;
        growth.curves().forEach(curve -> {
            curve.points().forEach(point -> counts.add(point.tenants()));
            curve.breaks().ifPresent(counts::add);
        });
    }

    /** @throws io.gpushare.failure.GpushareException where a picture cannot be drawn here at all */
    public static void write(Growth growth, Path file) throws IOException {
        Fonts.load();
        AtomicFile.write(file, draw(growth)::writeTo);
    }

    /** @param growth with one point at least */
    static Picture draw(Growth growth) {
        GrowthChart chart = new GrowthChart(growth);
        chart.draw();
        if (growth.simulated()) {
            chart.picture.markSimulated();
        }
        return chart.picture;
    }

    private void draw() {
        boolean latency = points().anyMatch(point -> point.tailMs().isPresent());
        Rectangle2D area = PicturePage.begin(
                picture,
                "How many fit? · " + growth.title(),
                "What all tenants get done together" + (latency ? ", and the latency of a step," : "")
                        + " over how many share the GPU.",
                legend(latency),
                List.of(growth.source()
                        + " · whiskers, where larger than a mark: 95 % interval of one run, by what it saw"
                        + " within itself"));
        List<Rectangle2D> cells = PicturePage.grid(area, 1, latency ? 2 : 1, 44, 0);
        drawThroughput(cells.getFirst());
        if (latency) {
            drawLatency(cells.getLast());
        }
    }

    private Legend legend(boolean latency) {
        Legend legend = new Legend();
        for (Growth.Curve curve : growth.curves()) {
            legend.line(curve.name(), look(curve));
        }
        legend.line("each as fast as alone", Ink.AXIS, Strokes.IDEAL);
        if (any(Growth.Curve::knee)) {
            legend.add(
                    "knee: 95 % of the most",
                    (paper, from, until, y) -> ring(paper, (from + until) / 2, y, RADIUS_IN_LEGEND));
        }
        if (any(Growth.Curve::breaks)) {
            legend.add("too many", (paper, from, until, y) -> cross(paper, (from + until) / 2, y));
        }
        if (latency && !growth.boundsMs().isEmpty()) {
            legend.add("bound, and the most that keep it", (paper, from, until, y) -> {
                paper.line(from, y, until, y, Ink.BOUND, 3);
                ring(paper, (from + until) / 2, y, RADIUS_IN_LEGEND);
            });
        }
        return legend;
    }

    private boolean any(Function<Growth.Curve, OptionalInt> mark) {
        return growth.curves().stream().anyMatch(curve -> mark.apply(curve).isPresent());
    }

    private static ArmStyle look(Growth.Curve curve) {
        return ArmStyle.of(new ArmLook(curve.mode(), curve.place()));
    }

    private Stream<Growth.Point> points() {
        return growth.curves().stream().flatMap(curve -> curve.points().stream());
    }

    private void drawThroughput(Rectangle2D cell) {
        double highest = points().mapToDouble(point -> point.throughput() + point.error())
                .max()
                .orElse(1);
        Panel panel = panel(cell, "All tenants together", growth.unit(), Axis.fromZero(highest * 1.12, 5));
        drawIdeal(panel);
        growth.curves().forEach(curve -> {
            drawBreak(panel, curve);
            drawCurve(panel, curve, Growth.Point::throughput);
            curve.points().forEach(point -> drawWhisker(panel, point));
            drawMarks(panel, curve, Growth.Point::throughput);
        });
        growth.curves().forEach(curve -> drawRing(panel, curve, curve.knee(), Growth.Point::throughput));
        panel.borderBelow();
    }

    private static void drawWhisker(Panel panel, Growth.Point point) {
        double lower = point.throughput() - point.error();
        double upper = point.throughput() + point.error();
        if (panel.atY(lower) - panel.atY(point.throughput()) > LEAST_WHISKER) {
            panel.whiskerUp(point.tenants(), lower, upper, Ink.SOFT);
        }
    }

    /** Between the tried numbers, too: on this axis it is no straight line. */
    private void drawIdeal(Panel panel) {
        points().filter(point -> point.tenants() == 1)
                .mapToDouble(Growth.Point::throughput)
                .max()
                .ifPresent(one -> picture.within(
                        panel.area(),
                        () -> panel.line(
                                DoubleStream.iterate(1, tenants -> tenants <= counts.last(), tenants -> tenants * 1.02)
                                        .mapToObj(tenants -> new Panel.Point(tenants, tenants * one))
                                        .toList(),
                                Ink.AXIS,
                                Strokes.IDEAL)));
    }

    private void drawLatency(Rectangle2D cell) {
        double[] tails = points().flatMap(point -> point.tailMs().stream().boxed())
                .mapToDouble(Double::doubleValue)
                .toArray();
        double lowest =
                DoubleStream.concat(DoubleStream.of(tails), bounds()).min().orElse(1);
        double highest =
                DoubleStream.concat(DoubleStream.of(tails), bounds()).max().orElse(1);
        Panel panel = panel(
                cell,
                growth.tail().orElse("latency") + " of a step",
                "ms",
                Axis.logarithmic(lowest / 1.25, highest * 1.25, 0.07));
        bounds().forEach(bound -> drawBound(panel, bound));
        ToDoubleFunction<Growth.Point> tail = point -> point.tailMs().orElse(Double.NaN);
        growth.curves().forEach(curve -> {
            drawBreak(panel, curve);
            drawCurve(panel, curve, tail);
            drawMarks(panel, curve, tail);
        });
        growth.curves().forEach(curve -> drawRing(panel, curve, curve.within(), tail));
        panel.borderBelow();
    }

    private void drawBound(Panel panel, double bound) {
        Rectangle2D area = panel.area();
        picture.line(area.getMinX(), panel.atY(bound), area.getMaxX(), panel.atY(bound), Ink.BOUND, 3);
        picture.text(
                Figure.asTyped(bound) + " ms",
                Type.VALUE,
                Ink.BOUND,
                area.getMinX() + 8,
                panel.atY(bound) - 9,
                Picture.Side.LEFT);
    }

    private DoubleStream bounds() {
        return growth.boundsMs().stream().mapToDouble(Double::doubleValue);
    }

    private Panel panel(Rectangle2D cell, String heading, String unit, Axis vertical) {
        Rectangle2D plot = PicturePage.inside(cell, Panel.LEFT, 70, Panel.BELOW + 28, 14);
        Panel panel = new Panel(picture, plot, tenants(), vertical);
        picture.text(heading, Type.HEADING, cell.getX(), cell.getY() + 24, Picture.Side.LEFT);
        picture.text(unit, Type.TICK, cell.getX(), cell.getY() + 52, Picture.Side.LEFT);
        panel.horizontalGrid();
        panel.labelX();
        panel.labelY();
        picture.text("tenants", Type.TICK, plot.getCenterX(), plot.getMaxY() + 55, Picture.Side.CENTRE);
        return panel;
    }

    /** Even in doublings, as the numbers were tried. */
    private Axis tenants() {
        int last = Math.max(2, counts.last());
        List<Axis.Tick> ticks = new ArrayList<>();
        Axis bare = new Axis(Math::log, 0.92, last * 1.12, List.of());
        for (int doubled = 1; doubled <= last; doubled *= 2) {
            ticks.add(new Axis.Tick(doubled, Integer.toString(doubled)));
        }
        if (bare.place(last) - bare.place(ticks.getLast().value()) > LEAST_GAP_OF_TICKS) {
            ticks.add(new Axis.Tick(last, Integer.toString(last)));
        }
        return new Axis(Math::log, 0.92, last * 1.12, ticks);
    }

    private void drawCurve(Panel panel, Growth.Curve curve, ToDoubleFunction<Growth.Point> value) {
        ArmStyle look = look(curve);
        panel.line(
                curve.points().stream()
                        .map(point -> new Panel.Point(point.tenants(), value.applyAsDouble(point)))
                        .filter(point -> Double.isFinite(point.y()))
                        .toList(),
                look.colour(),
                look.stroke());
    }

    private void drawMarks(Panel panel, Growth.Curve curve, ToDoubleFunction<Growth.Point> value) {
        for (Growth.Point point : curve.points()) {
            if (Double.isFinite(value.applyAsDouble(point))) {
                look(curve).mark(picture, panel.atX(point.tenants()), panel.atY(value.applyAsDouble(point)));
            }
        }
    }

    /** Around a point, with its number of tenants beside it. */
    private void drawRing(Panel panel, Growth.Curve curve, OptionalInt tenants, ToDoubleFunction<Growth.Point> value) {
        curve.points().stream()
                .filter(point -> tenants.isPresent() && point.tenants() == tenants.getAsInt())
                .filter(point -> Double.isFinite(value.applyAsDouble(point)))
                .forEach(point -> {
                    double x = panel.atX(point.tenants());
                    double y = panel.atY(value.applyAsDouble(point));
                    ring(picture, x, y, RADIUS);
                    Panel.Point place = freePlace(panel, value, x, y);
                    picture.text(
                            Integer.toString(point.tenants()),
                            Type.VALUE,
                            look(curve).colour(),
                            place.x(),
                            place.y() + Type.VALUE.capitals() / 2,
                            Picture.Side.CENTRE);
                });
    }

    /** Above, below or beside a ring: the first where no mark of any curve lies, and no text. */
    private Panel.Point freePlace(Panel panel, ToDoubleFunction<Growth.Point> value, double x, double y) {
        double away = RADIUS + 8 + Type.VALUE.capitals() / 2;
        List<Panel.Point> places = List.of(
                new Panel.Point(x, y - away),
                new Panel.Point(x, y + away),
                new Panel.Point(x + away + 4, y),
                new Panel.Point(x - away - 4, y));
        return places.stream()
                .filter(place -> isFree(panel, value, place))
                .findFirst()
                .orElse(places.getFirst());
    }

    private boolean isFree(Panel panel, ToDoubleFunction<Growth.Point> value, Panel.Point place) {
        Rectangle2D around = new Rectangle2D.Double(place.x() - NEAR, place.y() - NEAR, 2 * NEAR, 2 * NEAR);
        return points().filter(point -> Double.isFinite(value.applyAsDouble(point)))
                        .noneMatch(point ->
                                around.contains(panel.atX(point.tenants()), panel.atY(value.applyAsDouble(point))))
                && picture.texts().stream().noneMatch(text -> text.bounds().intersects(around));
    }

    private void drawBreak(Panel panel, Growth.Curve curve) {
        curve.breaks().ifPresent(tenants -> {
            double x = panel.atX(tenants);
            Color colour = look(curve).colour();
            picture.stroke(
                    new Line2D.Double(x, panel.area().getMinY(), x, panel.area().getMaxY()), colour, BROKEN);
            cross(picture, x, panel.area().getMinY());
            picture.text(
                    Integer.toString(tenants),
                    Type.VALUE,
                    colour,
                    x,
                    panel.area().getMinY() - 16,
                    Picture.Side.CENTRE);
        });
    }

    private static void ring(Picture paper, double x, double y, double radius) {
        paper.stroke(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius), Ink.TEXT, RING);
    }

    private static void cross(Picture paper, double x, double y) {
        paper.line(x - CROSS, y - CROSS, x + CROSS, y + CROSS, Ink.BOUND, 4);
        paper.line(x - CROSS, y + CROSS, x + CROSS, y - CROSS, Ink.BOUND, 4);
    }
}
