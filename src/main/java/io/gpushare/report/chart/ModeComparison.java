package io.gpushare.report.chart;

import io.gpushare.study.Arm;
import io.gpushare.study.Estimate;
import io.gpushare.study.MixStudy;
import io.gpushare.study.Section;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Bars: the work that each way of sharing gets done, and beside it what that does to the slowest tenant. */
final class ModeComparison {
    private static final double NAMES = 372;
    private static final double HEADING = 34;
    private static final double AXIS = 34;
    private static final double GAP_BELOW = 16;
    private static final double LEAST_BAR = 30;
    private static final double MOST_BAR = 58;
    private static final int MOST_MIXES = 4;
    private static final int MOST_ARMS = 17;
    private static final BasicStroke REFERENCE =
            new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {6, 5}, 0);

    /** @param reference the value of nobody being slowed, or of taking turns; marked by a line */
    private record Measure(String id, String heading, OptionalDouble reference) {}

    private final Section section;
    private final Looks looks;
    private final Picture picture = new Picture();

    private ModeComparison(Section section, Looks looks) {
        this.section = section;
        this.looks = looks;
    }

    static Optional<Picture> of(Section section, Looks looks) {
        List<MixStudy> compared = Telling.compared(section).stream()
                .filter(mix -> !measures(mix).isEmpty())
                .toList();
        return compared.isEmpty()
                ? Optional.empty()
                : Optional.of(new ModeComparison(section, looks).draw(compared));
    }

    private Picture draw(List<MixStudy> compared) {
        List<MixStudy> chosen = chosen(compared);
        List<MixStudy> mixes =
                Telling.mixes(section).stream().filter(chosen::contains).toList();
        List<String> footer = new ArrayList<>();
        footer.add(Caption.source(
                        section, mixes.stream().flatMap(mix -> arms(mix).stream()).mapToInt(arm -> arm.runs()
                                .size()))
                + " · bars: mean, whiskers: bootstrap interval, 95 % from 6 runs on, none from one");
        footer.addAll(Caption.leftOut(
                mixes.size(), compared.size(), "mixes", "those in which the ways of sharing differ most"));
        mixes.stream()
                .filter(mix -> mix.arms().size() > MOST_ARMS)
                .forEach(mix -> footer.add("Of " + mix.mix() + ", " + (mix.arms().size() - MOST_ARMS)
                        + " more ways of sharing are in the tables."));
        Rectangle2D area = Page.begin(
                picture,
                "Work done, and what the slowest tenant pays · " + section.title(),
                "STP: sum of the tenants' progress against each alone, 1 = one after another. "
                        + "Slowdowns: 1× = as alone. Fairness: 1 = all slowed alike.",
                new Legend(),
                footer);
        double bars = mixes.stream().mapToInt(mix -> arms(mix).size()).sum();
        double bar = Math.clamp(
                (area.getHeight() + GAP_BELOW - mixes.size() * (HEADING + AXIS + GAP_BELOW)) / bars, LEAST_BAR, MOST_BAR);
        double top = area.getMinY();
        for (MixStudy mix : mixes) {
            drawMix(mix, area, top, bar);
            top += HEADING + arms(mix).size() * bar + AXIS + GAP_BELOW;
        }
        return picture;
    }

    /** As many as find room with bars that one can tell apart; one in any case. */
    private static List<MixStudy> chosen(List<MixStudy> compared) {
        List<MixStudy> chosen = new ArrayList<>();
        double room = 668 + GAP_BELOW;
        for (MixStudy mix : compared) {
            double needed = HEADING + arms(mix).size() * LEAST_BAR + AXIS + GAP_BELOW;
            if (chosen.size() < MOST_MIXES && (chosen.isEmpty() || needed <= room)) {
                chosen.add(mix);
                room -= needed;
            }
        }
        return chosen;
    }

    private static List<Arm> arms(MixStudy mix) {
        return mix.arms().subList(0, Math.min(MOST_ARMS, mix.arms().size()));
    }

    private static List<Measure> measures(MixStudy mix) {
        List<Measure> measures = new ArrayList<>();
        if (Telling.everywhere(mix, Measures.STP)) {
            measures.add(new Measure(Measures.STP, "STP (more is better)", OptionalDouble.of(1)));
        } else if (has(mix, Measures.THROUGHPUT)) {
            measures.add(new Measure(
                    Measures.THROUGHPUT,
                    "Throughput, " + unit(mix, Measures.THROUGHPUT) + " (more is better)",
                    OptionalDouble.empty()));
        } else if (has(mix, Measures.STP)) {
            measures.add(new Measure(Measures.STP, "STP (more is better)", OptionalDouble.of(1)));
        }
        if (has(mix, Measures.WORST_P99_SLOWDOWN)) {
            measures.add(new Measure(
                    Measures.WORST_P99_SLOWDOWN, "Worst p99 slowdown, × (less is better)", OptionalDouble.of(1)));
        } else if (has(mix, Measures.WORST_SLOWDOWN)) {
            measures.add(
                    new Measure(Measures.WORST_SLOWDOWN, "Worst slowdown, × (less is better)", OptionalDouble.of(1)));
        }
        if (has(mix, Measures.FAIRNESS)) {
            measures.add(new Measure(Measures.FAIRNESS, "Fairness (more is better)", OptionalDouble.of(1)));
        }
        return measures;
    }

    private static boolean has(MixStudy mix, String measure) {
        return mix.arms().stream().anyMatch(arm -> Telling.known(arm, measure));
    }

    private static String unit(MixStudy mix, String measure) {
        return mix.arms().stream()
                .flatMap(arm -> arm.estimate(measure).stream())
                .map(estimate -> estimate.metric().unit())
                .findFirst()
                .orElse("units/s");
    }

    private void drawMix(MixStudy mix, Rectangle2D area, double top, double bar) {
        List<Arm> arms = arms(mix);
        double height = arms.size() * bar;
        Rectangle2D block = new Rectangle2D.Double(
                area.getX() + NAMES, top + HEADING, area.getWidth() - NAMES, height);
        picture.text(
                Type.HEADING.fit(mix.mix(), NAMES - 24), Type.HEADING, area.getX(), top + 24, Picture.Side.LEFT);
        for (int i = 0; i < arms.size(); i++) {
            name(arms.get(i), area.getX(), block.getY() + i * bar, bar);
        }
        List<Measure> measures = measures(mix);
        List<Rectangle2D> cells = Page.grid(block, 1, 3, 44, 0);
        for (int i = 0; i < measures.size(); i++) {
            drawMeasure(measures.get(i), arms, cells.get(i), top + 24, bar);
        }
    }

    private void name(Arm arm, double left, double top, double bar) {
        String n = "n = " + arm.runs().size();
        double right = left + NAMES - 18;
        double middle = top + bar / 2;
        double room = NAMES - 30 - Type.TICK.width(n) - 14;
        List<String> lines = Type.LABEL.lines(arm.name(), room, bar >= 50 ? 2 : 1);
        double baseline = middle + Type.LABEL.capitals() / 2 - (lines.size() - 1) * 12.5;
        for (String line : lines) {
            picture.text(line, Type.LABEL, left, baseline, Picture.Side.LEFT);
            baseline += 25;
        }
        picture.text(n, Type.TICK, right, middle + Type.TICK.capitals() / 2, Picture.Side.RIGHT);
    }

    private void drawMeasure(Measure measure, List<Arm> arms, Rectangle2D plot, double headingBaseline, double bar) {
        double highest = arms.stream()
                .flatMap(arm -> arm.estimate(measure.id()).stream())
                .mapToDouble(ModeComparison::top)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        double reach = Math.max(highest, measure.reference().orElse(0));
        Axis across = Axis.fromZero(reach * 1.26, 4);
        Axis down = new Axis(value -> value, 0, 1, List.of());
        Panel panel = new Panel(picture, plot, across, down);
        picture.text(
                Type.LABEL.fit(measure.heading(), plot.getWidth()),
                Type.LABEL,
                Ink.SOFT,
                plot.getX(),
                headingBaseline,
                Picture.Side.LEFT);
        panel.verticalGrid();
        panel.labelX();
        measure.reference().ifPresent(value -> picture.stroke(
                new java.awt.geom.Line2D.Double(
                        panel.atX(value), plot.getMinY(), panel.atX(value), plot.getMaxY()),
                Ink.SOFT,
                REFERENCE));
        for (int i = 0; i < arms.size(); i++) {
            drawBar(panel, arms.get(i), measure, plot.getY() + i * bar, bar);
        }
        panel.borderLeft();
    }

    private static double top(Estimate estimate) {
        return estimate.interval().map(interval -> Math.max(interval.upper(), estimate.mean())).orElse(estimate.mean());
    }

    private void drawBar(Panel panel, Arm arm, Measure measure, double top, double bar) {
        double middle = top + bar / 2;
        double thickness = Math.min(bar * 0.72, 38);
        double baseline = middle + Type.VALUE.capitals() / 2;
        if (!Telling.known(arm, measure.id())) {
            picture.text(
                    "not known", Type.TICK, panel.area().getMinX() + 12, baseline, Picture.Side.LEFT);
            return;
        }
        Estimate estimate = arm.estimate(measure.id()).orElseThrow();
        double end = panel.atX(estimate.mean());
        looks.of(arm.key())
                .bar(
                        picture,
                        new Rectangle2D.Double(
                                panel.area().getMinX(), middle - thickness / 2, end - panel.area().getMinX(), thickness));
        estimate.interval()
                .ifPresent(interval -> panel.whiskerAcross(middle, interval.lower(), interval.upper(), Color.BLACK));
        String value = Digits.of(estimate.mean());
        double x = panel.atX(top(estimate)) + 12;
        picture.fill(
                new Rectangle2D.Double(x - 4, middle - 13, Type.VALUE.width(value) + 8, 26), new Color(255, 255, 255, 210));
        picture.text(value, Type.VALUE, x, baseline, Picture.Side.LEFT);
    }
}
