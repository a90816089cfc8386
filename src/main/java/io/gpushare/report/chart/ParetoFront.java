package io.gpushare.report.chart;

import io.gpushare.study.Family;
import io.gpushare.study.Frontier;
import io.gpushare.study.Frontier.Point;
import io.gpushare.study.Section;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.StudyOptions;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Points: the work of each way of sharing and number of tenants, over what it costs in latency; a plot a family. */
final class ParetoFront {
    private static final int MOST = 6;
    private static final double RING = 15;
    private static final double RIGHT = 22;
    private static final BasicStroke FRONT = new BasicStroke(2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    private static final BasicStroke BOUND = Strokes.dashed(3, 10, 6);

    private final Section section;
    private final ArmStyles looks;
    private final Picture picture = new Picture();
    /** Of the numbers beside points: a number that would lie over another is left out. */
    private final List<Rectangle2D> numbers = new ArrayList<>();

    private record Plotted(Family family, Frontier frontier) {}

    private ParetoFront(Section section, ArmStyles looks) {
        this.section = section;
        this.looks = looks;
    }

    static Optional<Picture> of(Section section, StudyOptions options, ArmStyles looks) {
        List<Plotted> plotted = section.families().stream()
                .map(family -> new Plotted(family, Frontier.of(family, options)))
                .filter(one -> one.frontier().points().size() > 2)
                .toList();
        return plotted.isEmpty() ? Optional.empty() : Optional.of(new ParetoFront(section, looks).draw(plotted));
    }

    private Picture draw(List<Plotted> all) {
        List<Plotted> plotted =
                DrawnMixes.most(all, MOST, one -> one.frontier().points().size());
        List<String> footer = new ArrayList<>();
        footer.add(Caption.source(
                        section,
                        plotted.stream()
                                .flatMap(one -> one.frontier().points().stream())
                                .mapToInt(point -> point.work().n()))
                + " · points: mean, with the number of tenants; whiskers: bootstrap interval of the work");
        footer.addAll(Caption.leftOut(plotted.size(), all.size(), "families", "chosen by how many points they have"));
        Map<ArmKey, String> arms = arms(plotted);
        Set<ArmKey> few = DrawnMixes.few(arms.keySet().stream());
        footer.addAll(Caption.leftOut(few.size(), arms.size(), "ways of sharing", "the rest is in the tables"));
        boolean bounded =
                plotted.stream().anyMatch(one -> one.frontier().bound().isPresent());
        Rectangle2D area = PicturePage.begin(
                picture,
                "What more work costs in latency · " + section.title(),
                "Up is more work, left is a shorter tail. Nothing that was measured beats the points on the line in"
                        + " both."
                        + (bounded
                                ? " Ringed: the most work within the bound."
                                : " Ringed: the most work for its latency, work / latency."),
                legend(arms, few, bounded),
                footer);
        int columns = Math.min(plotted.size(), plotted.size() == 4 ? 2 : 3);
        List<Rectangle2D> cells = PicturePage.grid(area, plotted.size(), columns, 36);
        for (int i = 0; i < plotted.size(); i++) {
            drawFamily(plotted.get(i), few, bounded, cells.get(i));
        }
        return picture;
    }

    private static Map<ArmKey, String> arms(List<Plotted> plotted) {
        Map<ArmKey, String> arms = new LinkedHashMap<>();
        plotted.stream()
                .flatMap(one -> one.frontier().points().stream())
                .sorted(Comparator.comparing(Point::arm))
                .forEach(point -> arms.putIfAbsent(point.arm(), point.armName()));
        return arms;
    }

    private Legend legend(Map<ArmKey, String> arms, Set<ArmKey> few, boolean bounded) {
        Legend legend = new Legend();
        arms.forEach((arm, name) -> {
            if (few.contains(arm)) {
                ArmStyle look = looks.of(arm);
                legend.add(name, (paper, from, until, y) -> look.mark(paper, (from + until) / 2, y));
            }
        });
        if (bounded) {
            legend.line("bound that was asked for", Ink.BOUND, BOUND);
        }
        return legend;
    }

    private void drawFamily(Plotted plotted, Set<ArmKey> few, boolean bounded, Rectangle2D cell) {
        Frontier frontier = plotted.frontier();
        List<Point> points = frontier.points().stream()
                .filter(point -> few.contains(point.arm()))
                .toList();
        Point first = frontier.points().getFirst();
        Panel panel = Panel.headed(
                picture,
                cell,
                RIGHT,
                plotted.family().name(),
                words(first.work().metric()),
                latency(frontier, cell.getWidth() - Panel.LEFT - RIGHT),
                work(frontier));
        Rectangle2D plot = panel.area();
        panel.nameX(words(first.latency().metric()));
        drawFront(panel, points);
        frontier.bound()
                .ifPresent(ms -> picture.within(
                        plot,
                        () -> picture.stroke(
                                new Line2D.Double(panel.atX(ms), plot.getMinY(), panel.atX(ms), plot.getMaxY()),
                                Ink.BOUND,
                                BOUND)));
        // One picture rings one thing: where some families have a bound, the others have no ring.
        Optional<Point> ringed = bounded && frontier.bound().isEmpty() ? Optional.empty() : frontier.knee();
        ringed.filter(points::contains).ifPresent(knee -> {
            double x = panel.atX(knee.latency().mean());
            double y = panel.atY(knee.work().mean());
            picture.stroke(new Ellipse2D.Double(x - RING, y - RING, 2 * RING, 2 * RING), Ink.TEXT, new BasicStroke(3));
        });
        points.forEach(point -> drawPoint(panel, point));
        panel.borderBelow();
    }

    private static String words(Metric metric) {
        return metric.label() + (metric.unit().isEmpty() ? "" : ", " + metric.unit());
    }

    private static Axis latency(Frontier frontier, double width) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = frontier.bound().orElse(0);
        for (Point point : frontier.points()) {
            lowest = Math.min(lowest, point.latency().mean());
            highest = Math.max(highest, point.latency().mean());
        }
        return Axis.logarithmic(lowest * 0.8, highest * 1.35, 54 / width);
    }

    private static Axis work(Frontier frontier) {
        double highest = frontier.points().stream()
                .map(Point::work)
                .mapToDouble(Estimate::top)
                .max()
                .orElse(1);
        return Axis.fromZero(highest * 1.12, 5);
    }

    /** From each point of the front to the next one: the latency that must be paid first, then the work it buys. */
    private void drawFront(Panel panel, List<Point> points) {
        List<Point> front = points.stream()
                .filter(point -> !point.beaten())
                .sorted(Comparator.comparingDouble(point -> point.latency().mean()))
                .toList();
        List<Panel.Point> steps = new ArrayList<>();
        double before = 0;
        for (Point point : front) {
            double ms = point.latency().mean();
            if (!steps.isEmpty()) {
                steps.add(new Panel.Point(ms, before));
            }
            before = point.work().mean();
            steps.add(new Panel.Point(ms, before));
        }
        panel.line(steps, Ink.AXIS, FRONT);
    }

    private void drawPoint(Panel panel, Point point) {
        Estimate work = point.work();
        Color ink = work.n() == 1 ? Ink.SOFT : Color.BLACK;
        double ms = point.latency().mean();
        work.range().ifPresent(range -> panel.whiskerUp(ms, range.lower(), range.upper(), ink));
        double x = panel.atX(ms);
        double y = panel.atY(work.mean());
        looks.of(point.arm()).mark(picture, x, y);
        String number = Integer.toString(point.tenants());
        double left = x + RING + 2;
        Rectangle2D place = Type.TICK.bounds(number, left, y - 9);
        if (numbers.stream().noneMatch(place::intersects)) {
            numbers.add(place);
            picture.text(number, Type.TICK, left, y - 9, Picture.Side.LEFT);
        }
    }
}
