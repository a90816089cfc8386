package io.gpushare.report.chart;

import io.gpushare.study.Section;
import io.gpushare.study.SliceStudy;
import io.gpushare.study.SliceStudy.Point;
import io.gpushare.study.metric.Estimate;
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
import java.util.OptionalDouble;
import java.util.function.Function;

/** A row for each workload: its speed and the GPU's power over slices, and what neighbours do to it. */
final class Slices {
    private static final int MOST_ROWS = 3;
    private static final int MOST_LINES = 5;
    private static final int COLUMNS = 3;
    private static final double DOT = 8;
    private static final BasicStroke LINE = new BasicStroke(3, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);

    private final Section section;
    private final Picture picture = new Picture();

    private Slices(Section section) {
        this.section = section;
    }

    static Optional<Picture> of(Section section) {
        return section.slices().isEmpty() ? Optional.empty() : Optional.of(new Slices(section).draw());
    }

    private Picture draw() {
        List<SliceStudy> studies =
                section.slices().subList(0, Math.min(MOST_ROWS, section.slices().size()));
        boolean beside = studies.stream().anyMatch(study -> !lines(study).isEmpty());
        List<String> footer = new ArrayList<>();
        footer.add(Caption.source(
                        section,
                        studies.stream()
                                .flatMap(study -> study.points().stream())
                                .mapToInt(point -> point.rate().n()))
                + " · points: mean, whiskers: bootstrap interval, 95 % from 6 runs on");
        footer.addAll(
                Caption.leftOut(studies.size(), section.slices().size(), "workloads", "the rest is in the tables"));
        Rectangle2D area = PicturePage.begin(
                picture,
                "What a slice does · " + section.title(),
                "A tenant alone on a slice of the GPU under MIG, by the slices of its compute instance"
                        + (beside ? "; and beside neighbours under full load." : "."),
                legend(studies),
                footer,
                studies.size() == 1 ? 620 : Picture.HEIGHT);
        List<Rectangle2D> cells = PicturePage.grid(area, studies.size(), beside ? COLUMNS : COLUMNS - 1, 36, 18);
        int cell = 0;
        for (SliceStudy study : studies) {
            speed(study, cells.get(cell++));
            power(study, cells.get(cell++));
            if (beside) {
                neighbours(study, cells.get(cell++));
            }
        }
        return picture;
    }

    private Legend legend(List<SliceStudy> studies) {
        Legend legend = new Legend()
                .add("alone on its slice", (paper, from, until, y) -> dot(paper, (from + until) / 2, y, Ink.TEXT))
                .line("ideal: in proportion to the slices", Ink.AXIS, Strokes.IDEAL);
        for (String slice : named(studies)) {
            legend.add(slice + " beside neighbours", (paper, from, until, y) -> {
                paper.stroke(new Line2D.Double(from, y, until, y), colour(studies, slice), LINE);
                dot(paper, (from + until) / 2, y, colour(studies, slice));
            });
        }
        return legend;
    }

    private static Color colour(List<SliceStudy> studies, String slice) {
        return Ink.WORKLOADS.get(named(studies).indexOf(slice) % Ink.WORKLOADS.size());
    }

    private static List<String> named(List<SliceStudy> studies) {
        return studies.stream()
                .flatMap(study -> lines(study).keySet().stream())
                .distinct()
                .toList();
    }

    /** The slices with the most neighbours: a line of one point says little. */
    private static Map<String, List<Point>> lines(SliceStudy study) {
        Map<String, List<Point>> all = new LinkedHashMap<>();
        study.points().stream()
                .filter(point -> study.aloneOn(point).isPresent())
                .forEach(point -> all.computeIfAbsent(point.slice(), _ -> new ArrayList<>())
                        .add(point));
        all.values().removeIf(points -> points.size() < 2);
        List<String> most = all.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().contains("+") && !entry.getKey().contains("/"))
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .limit(MOST_LINES)
                .map(Map.Entry::getKey)
                .toList();
        all.keySet().retainAll(most);
        return all;
    }

    private void speed(SliceStudy study, Rectangle2D cell) {
        String unit = study.points().getFirst().rate().metric().unit();
        Panel panel = panel(
                cell,
                study.variant(),
                unit,
                slices(study),
                highest(study, point -> Optional.of(point.rate()), study.whole()));
        study.whole()
                .ifPresent(whole -> panel.line(
                        List.of(new Panel.Point(0, 0), new Panel.Point(study.slices(), whole.mean())),
                        Ink.AXIS,
                        Strokes.IDEAL));
        study.alone().forEach(point -> mark(panel, point.computeSlices(), point.rate(), Ink.TEXT));
        named(panel, "slices");
    }

    private void power(SliceStudy study, Rectangle2D cell) {
        Panel panel = panel(
                cell, study.variant(), "W, the whole GPU", slices(study), highest(study, Point::watts, study.wholeW()));
        OptionalDouble idle = study.idleW();
        study.wholeW()
                .ifPresent(whole -> panel.line(
                        List.of(new Panel.Point(0, idle.orElse(0)), new Panel.Point(study.slices(), whole.mean())),
                        Ink.AXIS,
                        Strokes.IDEAL));
        study.alone()
                .forEach(
                        point -> point.watts().ifPresent(watts -> mark(panel, point.computeSlices(), watts, Ink.TEXT)));
        named(panel, "slices");
    }

    /** Against the same slice alone. */
    private void neighbours(SliceStudy study, Rectangle2D cell) {
        Map<String, List<Point>> lines = lines(study);
        int most = study.points().stream().mapToInt(Point::neighbours).max().orElse(1);
        Panel panel = panel(
                cell, study.variant(), "% of alone on the slice", Axis.between(0, Math.max(1, most) + 0.3, most), 120);
        panel.line(List.of(new Panel.Point(0, 100), new Panel.Point(most, 100)), Ink.AXIS, Strokes.IDEAL);
        lines.forEach((slice, points) -> {
            Color colour = colour(
                    section.slices()
                            .subList(0, Math.min(MOST_ROWS, section.slices().size())),
                    slice);
            double alone = points.getFirst().rate().mean();
            List<Panel.Point> line = points.stream()
                    .map(point -> new Panel.Point(
                            point.neighbours(), 100 * point.rate().mean() / alone))
                    .toList();
            panel.line(line, colour, LINE);
            line.forEach(point -> dot(picture, panel.atX(point.x()), panel.atY(point.y()), colour));
        });
        named(panel, "neighbours");
    }

    private static Axis slices(SliceStudy study) {
        return Axis.between(0, study.slices() + 0.3, study.slices());
    }

    private static double highest(
            SliceStudy study, Function<Point, Optional<Estimate>> what, Optional<Estimate> whole) {
        double highest = whole.map(Estimate::mean).orElse(0.0);
        for (Point point : study.alone()) {
            highest = Math.max(highest, what.apply(point).map(Estimate::top).orElse(0.0));
        }
        return highest * 1.1;
    }

    private Panel panel(Rectangle2D cell, String heading, String unit, Axis x, double highest) {
        return Panel.headed(picture, cell, 14, heading, unit, x, Axis.fromZero(highest, 5));
    }

    private static void named(Panel panel, String below) {
        panel.nameX(below);
        panel.borderBelow();
    }

    private void mark(Panel panel, double x, Estimate estimate, Color colour) {
        estimate.range().ifPresent(range -> panel.whiskerUp(x, range.lower(), range.upper(), Ink.SOFT));
        dot(picture, panel.atX(x), panel.atY(estimate.mean()), colour);
    }

    private static void dot(Picture paper, double x, double y, Color colour) {
        paper.fill(new Ellipse2D.Double(x - DOT, y - DOT, 2 * DOT, 2 * DOT), colour);
    }
}
