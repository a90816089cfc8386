package io.gpushare.report.chart;

import io.gpushare.study.Family;
import io.gpushare.study.Section;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.ScalingCurve;
import io.gpushare.study.metric.Estimate;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Lines: what all tenants get done together, the more of them there are; a plot for each family. */
final class Scaling {
    private static final int MOST = 6;

    private final Section section;
    private final ArmStyles looks;
    private final Picture picture = new Picture();

    private Scaling(Section section, ArmStyles looks) {
        this.section = section;
        this.looks = looks;
    }

    static Optional<Picture> of(Section section, ArmStyles looks) {
        List<Family> families = section.families().stream()
                .filter(family -> family.scaling().values().stream().anyMatch(Scaling::grows))
                .toList();
        return families.isEmpty() ? Optional.empty() : Optional.of(new Scaling(section, looks).draw(families));
    }

    private static boolean grows(ScalingCurve curve) {
        return points(curve).map(ScalingCurve.Point::tenants).distinct().count() > 1;
    }

    private static Stream<ScalingCurve.Point> points(ScalingCurve curve) {
        return curve.points().stream()
                .filter(point -> Double.isFinite(point.throughput().mean()));
    }

    private static Stream<ScalingCurve.Point> points(Family family) {
        return family.scaling().values().stream().flatMap(Scaling::points);
    }

    private Picture draw(List<Family> all) {
        List<Family> families =
                DrawnMixes.most(all, MOST, family -> points(family).count());
        List<String> footer = new ArrayList<>();
        footer.add(Caption.source(
                        section,
                        families.stream()
                                .flatMap(Scaling::points)
                                .mapToInt(point -> point.throughput().n()))
                + " · points: mean, whiskers: bootstrap interval, 95 % from 6 runs on; grey: of one run,"
                + " by what it saw within itself");
        footer.addAll(Caption.leftOut(families.size(), all.size(), "families", "chosen by how many points they have"));
        Set<ArmKey> few = DrawnMixes.few(arms(families));
        footer.addAll(Caption.leftOut(
                few.size(), (int) arms(families).distinct().count(), "ways of sharing", "the rest is in the tables"));
        families = families.stream().map(family -> of(family, few)).toList();
        families.stream()
                .flatMap(family -> ScalingCurve.caution(family.scaling().values()).stream())
                .findFirst()
                .ifPresent(footer::add);
        Rectangle2D area = PicturePage.begin(
                picture,
                "More tenants, more work? · " + section.title(),
                "Throughput of all tenants together, over how many share the GPU. The ideal: each as fast as alone.",
                legend(families),
                footer);
        int columns = Math.min(families.size(), 3);
        List<Rectangle2D> cells = PicturePage.grid(area, families.size(), columns, 36);
        for (int i = 0; i < families.size(); i++) {
            boolean last = i + columns >= families.size();
            drawFamily(families.get(i), cells.get(i), last);
        }
        return picture;
    }

    private static Stream<ArmKey> arms(List<Family> families) {
        return families.stream()
                .flatMap(family -> family.scaling().values().stream())
                .map(ScalingCurve::arm);
    }

    private static Family of(Family family, Set<ArmKey> arms) {
        Map<String, ScalingCurve> curves = new LinkedHashMap<>(family.scaling());
        curves.values().removeIf(curve -> !arms.contains(curve.arm()));
        return new Family(family.name(), family.mixes(), curves, family.answers());
    }

    private Legend legend(List<Family> families) {
        Legend legend = new Legend();
        Map<String, ScalingCurve> curves = new LinkedHashMap<>();
        families.forEach(family -> family.scaling().forEach(curves::putIfAbsent));
        curves.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getValue().arm()))
                .forEach(entry ->
                        legend.line(entry.getKey(), looks.of(entry.getValue().arm())));
        return legend.line("ideal", Ink.AXIS, Strokes.IDEAL);
    }

    private void drawFamily(Family family, Rectangle2D cell, boolean namesTenants) {
        String unit = points(family)
                .map(point -> point.throughput().metric())
                .map(metric -> metric.unit().isEmpty() ? metric.label() : metric.unit())
                .findFirst()
                .orElse("");
        double highest = points(family)
                .map(ScalingCurve.Point::throughput)
                .mapToDouble(Estimate::top)
                .max()
                .orElse(1);
        Panel panel =
                Panel.headed(picture, cell, 14, family.name(), unit, tenants(family), Axis.fromZero(highest * 1.08, 5));
        if (namesTenants) {
            panel.nameX("tenants");
        }
        ideal(family)
                .ifPresent(each -> picture.within(
                        panel.area(),
                        () -> panel.line(
                                List.of(new Panel.Point(0, 0), new Panel.Point(1000, 1000 * each)),
                                Ink.AXIS,
                                Strokes.IDEAL)));
        family.scaling().values().forEach(curve -> drawCurve(panel, curve));
        panel.borderBelow();
    }

    private static Optional<Double> ideal(Family family) {
        return points(family)
                .filter(point -> point.tenants() == 1)
                .map(point -> point.throughput().mean())
                .max(Comparator.naturalOrder());
    }

    private static Axis tenants(Family family) {
        TreeSet<Integer> counts = new TreeSet<>();
        points(family).map(ScalingCurve.Point::tenants).forEach(counts::add);
        List<Axis.Tick> ticks = counts.stream()
                .map(count -> new Axis.Tick(count, count.toString()))
                .toList();
        return new Axis(value -> value, 0, counts.last() * 1.06, ticks);
    }

    private void drawCurve(Panel panel, ScalingCurve curve) {
        ArmStyle look = looks.of(curve.arm());
        List<ScalingCurve.Point> points = points(curve).toList();
        panel.line(
                points.stream()
                        .map(point -> new Panel.Point(
                                point.tenants(), point.throughput().mean()))
                        .toList(),
                look.colour(),
                look.stroke());
        for (ScalingCurve.Point point : points) {
            Color ink = point.throughput().n() == 1 ? Ink.SOFT : Color.BLACK;
            point.throughput()
                    .range()
                    .ifPresent(range -> panel.whiskerUp(point.tenants(), range.lower(), range.upper(), ink));
            look.mark(
                    picture,
                    panel.atX(point.tenants()),
                    panel.atY(point.throughput().mean()));
        }
    }
}
