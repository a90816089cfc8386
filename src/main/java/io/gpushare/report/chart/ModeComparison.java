package io.gpushare.report.chart;

import io.gpushare.study.Section;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Estimate;
import io.gpushare.text.Figure;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;

/** Bars: the work that each way of sharing gets done, and beside it what that does to the slowest tenant. */
final class ModeComparison {
    private static final double NAMES = 372;
    private static final double HEADING = 34;
    private static final double AXIS = 34;
    private static final double GAP_BELOW = 16;
    private static final double LEAST_BAR = 30;
    private static final double MOST_BAR = 66;
    private static final double TWO_LINES = 46;
    private static final int MOST_MIXES = 4;
    private static final int MOST_ARMS = 18;
    private static final BasicStroke REFERENCE = Strokes.dashed(2, 6, 5);

    private final Section section;
    private final ArmStyles looks;
    private final Picture picture = new Picture();

    private ModeComparison(Section section, ArmStyles looks) {
        this.section = section;
        this.looks = looks;
    }

    static Optional<Picture> of(Section section, ArmStyles looks) {
        List<MixStudy> compared = DrawnMixes.compared(section).stream()
                .filter(mix -> !ComparedMeasure.columns(List.of(mix)).isEmpty())
                .toList();
        return compared.isEmpty() ? Optional.empty() : Optional.of(new ModeComparison(section, looks).draw(compared));
    }

    private Picture draw(List<MixStudy> compared) {
        List<MixStudy> chosen = chosen(compared);
        List<MixStudy> mixes =
                DrawnMixes.mixes(section).stream().filter(chosen::contains).toList();
        List<String> footer = new ArrayList<>();
        List<ComparedMeasure.Column> columns = ComparedMeasure.columns(mixes);
        footer.add(Caption.source(
                        section,
                        mixes.stream()
                                .flatMap(mix ->
                                        arms(mix).stream().flatMap(arm -> counts(mix, mixes, arm, columns).stream()))
                                .mapToInt(count -> count))
                + " · bars: mean, whiskers: bootstrap interval, 95 % from 6 runs on; grey: of one run,"
                + " by what it saw within itself");
        footer.addAll(Caption.leftOut(
                mixes.size(), compared.size(), "mixes", "chosen by how much the ways of sharing differ"));
        mixes.stream()
                .filter(mix -> mix.arms().size() > MOST_ARMS)
                .forEach(mix -> footer.add("Of " + mix.mix() + ", "
                        + (mix.arms().size() - MOST_ARMS) + " more ways of sharing are in the tables"));
        double bars = mixes.stream().mapToInt(mix -> arms(mix).size()).sum();
        double around = mixes.stream().mapToDouble(ModeComparison::around).sum() - GAP_BELOW;
        Rectangle2D area = PicturePage.begin(
                picture,
                "Work done, and what the slowest tenant pays · " + section.title(),
                "STP: sum of the tenants' progress against alone, 1 = taking turns. Slowdown: less is better, 1 = as"
                        + " alone. Fairness: 1 = all alike.",
                new Legend(),
                footer,
                around + bars * MOST_BAR);
        double bar = Math.clamp((area.getHeight() - around) / bars, LEAST_BAR, MOST_BAR);
        double top = area.getMinY();
        for (MixStudy mix : mixes) {
            drawMix(mix, mixes, columns, area, top, bar);
            top += around(mix) + arms(mix).size() * bar;
        }
        return picture;
    }

    /** As many as find room with bars that one can tell apart; one in any case. */
    private static List<MixStudy> chosen(List<MixStudy> compared) {
        List<MixStudy> chosen = new ArrayList<>();
        double room = 660 + GAP_BELOW;
        for (MixStudy mix : compared) {
            double needed = around(mix) + arms(mix).size() * LEAST_BAR;
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

    private void drawMix(
            MixStudy mix,
            List<MixStudy> all,
            List<ComparedMeasure.Column> columns,
            Rectangle2D area,
            double top,
            double bar) {
        List<Arm> arms = arms(mix);
        double headed = top + title(mix);
        if (title(mix) > 0) {
            String words = Type.HEADING.fit(mix.mix(), area.getWidth());
            picture.text(words, Type.HEADING, area.getX(), top + 24, Picture.Side.LEFT);
        } else {
            picture.text(mix.mix(), Type.HEADING, area.getX(), headed + 24, Picture.Side.LEFT);
        }
        Rectangle2D block = new Rectangle2D.Double(
                area.getX() + NAMES, headed + HEADING, area.getWidth() - NAMES, arms.size() * bar);
        for (int i = 0; i < arms.size(); i++) {
            name(arms.get(i), counts(mix, all, arms.get(i), columns), area.getX(), block.getY() + i * bar, bar);
        }
        List<Rectangle2D> cells = PicturePage.grid(block, 1, columns.size(), 44, 0);
        for (int i = 0; i < columns.size(); i++) {
            Rectangle2D cell = cells.get(i);
            ComparedMeasure.of(mix, all, columns.get(i))
                    .ifPresent(measure -> drawMeasure(measure, arms, cell, headed + 24, bar));
        }
    }

    /** A long mix has a line of its own. */
    private static double title(MixStudy mix) {
        return Type.HEADING.width(mix.mix()) <= NAMES - 20 ? 0 : HEADING;
    }

    private static double around(MixStudy mix) {
        return title(mix) + HEADING + AXIS + GAP_BELOW;
    }

    /** How many runs the values rest on that are shown: fewer than there are where not every run had a baseline. */
    private static List<Integer> counts(
            MixStudy mix, List<MixStudy> all, Arm arm, List<ComparedMeasure.Column> columns) {
        return columns.stream()
                .flatMap(column -> ComparedMeasure.of(mix, all, column).stream())
                .flatMap(measure -> arm.estimate(measure.id()).stream())
                .map(Estimate::n)
                .toList();
    }

    private static String runs(IntSummaryStatistics counts) {
        if (counts.getCount() == 0) {
            return "";
        }
        return counts.getMin() == counts.getMax()
                ? "n = " + counts.getMin()
                : "n = " + counts.getMin() + "–" + counts.getMax();
    }

    private void name(Arm arm, List<Integer> counts, double left, double top, double bar) {
        String n = runs(counts.stream().mapToInt(count -> count).summaryStatistics());
        double right = left + NAMES - 18;
        double middle = top + bar / 2;
        double room = NAMES - 30 - Type.TICK.width(n) - 14;
        boolean inOne = Type.LABEL.width(arm.name()) <= room || bar < TWO_LINES;
        Type type = inOne ? Type.LABEL : Type.TICK;
        List<String> lines = type.lines(arm.name(), room, inOne ? 1 : 2);
        double baseline = middle + type.capitals() / 2 - (lines.size() - 1) * 12;
        for (String line : lines) {
            picture.text(line, type, Ink.TEXT, left, baseline, Picture.Side.LEFT);
            baseline += 24;
        }
        picture.text(n, Type.TICK, right, middle + Type.TICK.capitals() / 2, Picture.Side.RIGHT);
    }

    private void drawMeasure(
            ComparedMeasure measure, List<Arm> arms, Rectangle2D plot, double headingBaseline, double bar) {
        double highest = arms.stream()
                .flatMap(arm -> arm.estimate(measure.id()).stream())
                .mapToDouble(Estimate::top)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        double reach = Math.max(highest, measure.reference().orElse(0));
        Axis across = Axis.fromZero(reach * 1.3, 4);
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
        measure.reference()
                .ifPresent(value -> picture.stroke(
                        new Line2D.Double(panel.atX(value), plot.getMinY(), panel.atX(value), plot.getMaxY()),
                        Ink.SOFT,
                        REFERENCE));
        for (int i = 0; i < arms.size(); i++) {
            drawBar(panel, arms.get(i), measure, plot.getY() + i * bar, bar);
        }
        panel.borderLeft();
    }

    private void drawBar(Panel panel, Arm arm, ComparedMeasure measure, double top, double bar) {
        double middle = top + bar / 2;
        double thickness = Math.min(bar * 0.72, 44);
        if (!DrawnMixes.known(arm, measure.id())) {
            onPaper("not known", Type.TICK, panel.area().getMinX() + 12, middle);
            return;
        }
        Estimate estimate = arm.estimate(measure.id()).orElseThrow();
        double end = panel.atX(estimate.mean());
        looks.of(arm.key())
                .bar(
                        picture,
                        new Rectangle2D.Double(
                                panel.area().getMinX(),
                                middle - thickness / 2,
                                end - panel.area().getMinX(),
                                thickness));
        estimate.range()
                .ifPresent(range -> panel.whiskerAcross(
                        middle, range.lower(), range.upper(), estimate.n() == 1 ? Ink.SOFT : Color.BLACK));
        onPaper(Figure.of(estimate.mean()), Type.VALUE, panel.atX(estimate.top()) + 12, middle);
    }

    private void onPaper(String words, Type type, double left, double middle) {
        picture.fill(new Rectangle2D.Double(left - 4, middle - 13, type.width(words) + 8, 26), Ink.PAPER);
        picture.text(words, type, left, middle + type.capitals() / 2, Picture.Side.LEFT);
    }
}
