package io.gpushare.report.chart;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Section;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.SloText;
import java.awt.BasicStroke;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Lines: the latency of a step over its percentile, a plot for each workload of a mix; the tail takes half of each
 * plot.
 */
final class LatencyDistribution {
    private static final int MOST = 6;
    private static final BasicStroke BOUND = new BasicStroke(2.5f);

    private record Curve(Arm arm, LatencyCurve line) {}

    /** @param mix in words; {@code bound}: empty when none was given for the variant */
    private record Plot(String mix, String variant, List<Curve> curves, LatencyCurve alone, Optional<Slo> bound) {
        Plot of(Set<ArmKey> arms) {
            return new Plot(
                    mix,
                    variant,
                    curves.stream()
                            .filter(curve -> arms.contains(curve.arm().key()))
                            .toList(),
                    alone,
                    bound);
        }
    }

    private final Section section;
    private final ArmStyles looks;
    private final Picture picture = new Picture();

    private LatencyDistribution(Section section, ArmStyles looks) {
        this.section = section;
        this.looks = looks;
    }

    static Optional<Picture> of(Section section, List<Slo> bounds, ArmStyles looks) {
        List<Plot> plots = DrawnMixes.mixes(section).stream()
                .sorted(Comparator.comparingDouble(DrawnMixes::weight).reversed())
                .flatMap(mix -> plots(mix, bounds))
                .toList();
        return plots.isEmpty() ? Optional.empty() : Optional.of(new LatencyDistribution(section, looks).draw(plots));
    }

    private static Stream<Plot> plots(MixStudy mix, List<Slo> bounds) {
        return mix.counts().stream()
                .map(MixStudy.VariantCount::variant)
                .map(variant -> new Plot(
                        mix.mix(),
                        variant,
                        curves(mix, variant),
                        LatencyCurve.of(alone(mix, variant)),
                        bounds.stream().filter(slo -> slo.isAbout(variant)).findFirst()))
                .filter(plot -> !plot.curves().isEmpty());
    }

    private static List<Curve> curves(MixStudy mix, String variant) {
        return mix.arms().stream()
                .map(arm -> new Curve(arm, LatencyCurve.of(arm.latencies().getOrDefault(variant, LatencyCounts.NONE))))
                .filter(curve -> !curve.line().points().isEmpty())
                .toList();
    }

    /** A baseline that a run took over from another file is counted where it was measured. */
    private static LatencyCounts alone(MixStudy mix, String variant) {
        List<StoredRun> runs = mix.arms().stream()
                .flatMap(arm -> arm.runs().stream())
                .filter(run -> run.alone().containsKey(variant))
                .toList();
        List<StoredRun> measured = runs.stream()
                .filter(run -> run.result().baselines().stream()
                        .filter(baseline -> baseline.variant().equals(variant))
                        .map(BaselineResult::source)
                        .allMatch(Optional::isEmpty))
                .toList();
        return (measured.isEmpty() ? runs.stream().limit(1) : measured.stream())
                .map(run -> run.alone().getOrDefault(variant, LatencyCounts.NONE))
                .reduce(LatencyCounts.NONE, LatencyCounts::plus);
    }

    private Picture draw(List<Plot> all) {
        List<Plot> most = all.subList(0, Math.min(MOST, all.size()));
        Set<ArmKey> few = DrawnMixes.few(arms(most));
        List<Plot> plots = most.stream().map(plot -> plot.of(few)).toList();
        List<String> footer = new ArrayList<>();
        footer.add(Caption.source(
                        section,
                        plots.stream()
                                .flatMap(plot -> plot.curves().stream())
                                .mapToInt(curve -> curve.arm().runs().size()))
                + " · a line ends where so many latencies support no higher percentile (99 % confidence)");
        footer.addAll(Caption.leftOut(
                plots.size(), all.size(), "distributions", "chosen by how much the ways of sharing differ"));
        footer.addAll(Caption.leftOut(
                few.size(), (int) arms(most).distinct().count(), "ways of sharing", "the rest is in the tables"));
        Rectangle2D area = PicturePage.begin(
                picture,
                "Latency of a step, and how long its tail is · " + section.title(),
                "Latency over percentile: at 99, one step in a hundred takes longer. Both axes are logarithmic; lower"
                        + " is better.",
                legend(plots),
                footer);
        int columns = plots.size() == 4 ? 2 : Math.min(plots.size(), 3);
        List<Rectangle2D> cells = PicturePage.grid(area, plots.size(), columns, 40);
        for (int i = 0; i < plots.size(); i++) {
            drawPlot(plots.get(i), cells.get(i), i + columns >= plots.size());
        }
        return picture;
    }

    private static Stream<ArmKey> arms(List<Plot> plots) {
        return plots.stream()
                .flatMap(plot -> plot.curves().stream())
                .map(curve -> curve.arm().key());
    }

    private Legend legend(List<Plot> plots) {
        Map<String, Arm> arms = new LinkedHashMap<>();
        plots.stream()
                .flatMap(plot -> plot.curves().stream())
                .map(Curve::arm)
                .sorted(Comparator.comparing(Arm::key))
                .forEach(arm -> arms.putIfAbsent(arm.name(), arm));
        Legend legend = new Legend();
        arms.forEach((name, arm) -> {
            ArmStyle look = looks.of(arm.key());
            legend.add(name, (paper, from, until, y) -> {
                paper.stroke(new Line2D.Double(from, y, until - 8, y), look.colour(), look.stroke());
                look.mark(paper, until - 8, y);
            });
        });
        if (plots.stream().anyMatch(plot -> !plot.alone().points().isEmpty())) {
            legend.line("alone on the GPU", Ink.TEXT, Strokes.IDEAL);
        }
        if (plots.stream().anyMatch(plot -> plot.bound().isPresent())) {
            legend.line("bound", Ink.BOUND, BOUND);
        }
        return legend;
    }

    private void drawPlot(Plot plot, Rectangle2D cell, boolean namesAxis) {
        Rectangle2D inside = PicturePage.inside(cell, Panel.LEFT, 66, Panel.BELOW + 26, 12);
        Panel panel = new Panel(
                picture, inside, Axis.percentiles(LatencyCurve.HIGHEST), latencies(plot, 27 / inside.getHeight()));
        picture.text(
                Type.HEADING.fit(plot.variant(), cell.getWidth()),
                Type.HEADING,
                cell.getX(),
                cell.getY() + 24,
                Picture.Side.LEFT);
        String bound = plot.bound().map(SloText::bound).orElse("");
        picture.text(
                Type.TICK.fit("of " + plot.mix(), cell.getWidth() - Type.TICK.width(bound) - 20),
                Type.TICK,
                cell.getX(),
                cell.getY() + 51,
                Picture.Side.LEFT);
        picture.text(bound, Type.TICK, Ink.BOUND, inside.getMaxX(), cell.getY() + 51, Picture.Side.RIGHT);
        panel.verticalGrid();
        panel.horizontalGrid();
        panel.labelX();
        panel.labelY();
        if (namesAxis) {
            panel.nameX("percentile");
        }
        plot.bound().ifPresent(slo -> drawBound(panel, slo));
        panel.line(plot.alone().points(), Ink.TEXT, Strokes.IDEAL);
        for (Curve curve : plot.curves()) {
            ArmStyle look = looks.of(curve.arm().key());
            panel.line(curve.line().points(), look.colour(), look.stroke());
        }
        for (Curve curve : plot.curves()) {
            Panel.Point end = curve.line().end();
            looks.of(curve.arm().key()).mark(picture, panel.atX(end.x()), panel.atY(end.y()));
        }
        panel.borderBelow();
    }

    private void drawBound(Panel panel, Slo bound) {
        double share = Math.min(bound.percentile(), LatencyCurve.HIGHEST);
        Rectangle2D area = panel.area();
        double y = panel.atY(bound.boundMs());
        picture.stroke(new Line2D.Double(area.getMinX(), y, panel.atX(share), y), Ink.BOUND, BOUND);
        picture.stroke(new Line2D.Double(panel.atX(share), y - 9, panel.atX(share), y + 9), Ink.BOUND, BOUND);
    }

    private static Axis latencies(Plot plot, double gap) {
        TreeMap<Double, Boolean> values = new TreeMap<>();
        Stream.concat(plot.curves().stream().map(Curve::line), Stream.of(plot.alone()))
                .flatMap(line -> line.points().stream())
                .forEach(point -> values.put(point.y(), true));
        plot.bound().ifPresent(bound -> values.put(bound.boundMs(), true));
        double lowest = values.isEmpty() ? 1 : values.firstKey();
        double highest = values.isEmpty() ? 10 : values.lastKey();
        return Axis.logarithmic(lowest * 0.9, highest * 1.12, gap).withUnit("ms");
    }
}
