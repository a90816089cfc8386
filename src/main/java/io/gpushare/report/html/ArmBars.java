package io.gpushare.report.html;

import io.gpushare.report.ArmLooks;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.EstimateWords;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metric.Better;
import io.gpushare.study.metric.Metrics;
import io.gpushare.text.Figure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bar for each way of sharing, from zero, with the interval of the mean and a tick for each run. Names and values are
 * text beside the drawing, so that they stay readable however narrow the page.
 */
final class ArmBars {
    private static final int MOST_METRICS = 8;
    private static final double WIDTH = 100;

    private ArmBars() {}

    static Element of(List<Arm> arms, ArmLooks looks) {
        Element figures = Element.of("div", "bars");
        MixPart.metricsByTenants(arms).values().stream()
                .flatMap(List::stream)
                .filter(metric -> metric.better() != Better.NEITHER && MixPart.decides(metric))
                .filter(metric -> tellsArmsApart(metric, contestants(metric, arms)))
                .limit(MOST_METRICS)
                .forEach(metric -> figures.add(figure(metric, contestants(metric, arms), looks)));
        return figures.isEmpty()
                ? figures
                : Element.of("div")
                        .add(
                                figures,
                                Styling.paragraph(
                                        "note",
                                        "Whiskers: the 95 % interval of the mean; grey ones that of a single run, by"
                                                + " what it saw within itself. Ticks: single runs."));
    }

    /**
     * What the wait for a turn costs shows in rates and slowdowns. In single steps, and in shares of them, it does
     * not.
     */
    private static List<Arm> contestants(Metric metric, List<Arm> arms) {
        return metric.countsSteps()
                ? arms.stream().filter(ComparisonTable::shares).toList()
                : arms;
    }

    /**
     * What decides first: the work that each way of sharing gets done, by the metric by which a recommendation ranks
     * them.
     */
    static Optional<Element> ofWork(MixStudy mix, ArmLooks looks) {
        return Stream.of(Metrics.STP, Metrics.THROUGHPUT)
                .map(metric -> mix.arms().stream()
                        .flatMap(arm -> arm.estimate(metric).stream())
                        .map(Estimate::metric)
                        .toList())
                .filter(known -> known.size() > 1)
                .findFirst()
                .map(known -> figure(known.getFirst(), mix.arms(), looks));
    }

    private static boolean tellsArmsApart(Metric metric, List<Arm> arms) {
        return arms.stream()
                        .flatMap(arm -> arm.mean(metric).stream().boxed())
                        .map(Figure::of)
                        .distinct()
                        .count()
                >= 2;
    }

    private static Element figure(Metric metric, List<Arm> arms, ArmLooks looks) {
        double most = arms.stream()
                .flatMap(arm -> arm.estimate(metric).stream())
                .mapToDouble(ArmBars::reach)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        Element rows = Element.of("div", "rows").set("role", "list");
        for (Arm arm : arms) {
            arm.estimate(metric).ifPresent(estimate -> rows.add(row(arm, estimate, most, looks)));
        }
        String caption = metric.label()
                + metric.variant().map(tenants -> " of " + tenants).orElse("")
                + (metric.unit().isEmpty() ? "" : ", " + metric.unit());
        return Element.of("figure", "bar-figure")
                .add(
                        Element.of("figcaption")
                                .text(caption)
                                .add(Element.of("small")
                                        .text(metric.better() == Better.HIGHER ? "more is better" : "less is better")),
                        rows);
    }

    private static Element row(Arm arm, Estimate estimate, double most, ArmLooks looks) {
        return Element.of("div", "bar " + Styling.look(looks.of(arm.key())))
                .set("role", "listitem")
                .set("tabindex", "0")
                .set("data-tip", tip(arm, estimate))
                .add(
                        Element.of("span", "label").text(arm.name()),
                        drawing(estimate, most > 0 ? most : 1),
                        Element.of("span", "value").text(Figure.of(estimate.mean())));
    }

    private static Element drawing(Estimate estimate, double most) {
        Element drawing = Element.of("svg")
                .set("viewBox", "0 0 100 20")
                .set("preserveAspectRatio", "none")
                .set("aria-hidden", "true")
                .add(Element.of("rect", "length")
                        .set("x", 0)
                        .set("y", 3)
                        .set("height", 14)
                        .set("width", place(estimate.mean(), most)));
        if (estimate.n() > 1) {
            for (double value : estimate.values()) {
                drawing.add(line("tick", place(value, most), 13, place(value, most), 17));
            }
        }
        String styled = estimate.n() == 1 ? "whisker within" : "whisker";
        estimate.range().ifPresent(range -> whisker(drawing, styled, range, most));
        return drawing;
    }

    private static void whisker(Element drawing, String styled, Estimate.Range range, double most) {
        double lower = place(range.lower(), most);
        double upper = place(range.upper(), most);
        drawing.add(
                line(styled, lower, 9, upper, 9), line(styled, lower, 6, lower, 12), line(styled, upper, 6, upper, 12));
    }

    private static Element line(String styled, double fromX, double fromY, double toX, double toY) {
        return Element.of("line", styled)
                .set("x1", fromX)
                .set("y1", fromY)
                .set("x2", toX)
                .set("y2", toY);
    }

    private static double place(double value, double most) {
        return Double.isFinite(value) ? Math.clamp(value / most * WIDTH, 0, WIDTH) : value > 0 ? WIDTH : 0;
    }

    private static double reach(Estimate estimate) {
        double ofRuns = Math.max(estimate.mean(), estimate.max());
        return Math.max(ofRuns, estimate.range().map(Estimate.Range::upper).orElse(ofRuns));
    }

    private static String tip(Arm arm, Estimate estimate) {
        String unit = estimate.metric().unit();
        String runs = estimate.n() == 1
                ? ""
                : "\nruns: " + estimate.values().stream().map(Figure::of).collect(Collectors.joining(", "));
        Optional<String> interval = EstimateWords.interval(estimate)
                .map(known -> "\n95 % interval: " + known)
                .or(() -> EstimateWords.withinOneRun(estimate).map(within -> "\n" + within));
        return arm.name() + "\n" + Figure.of(estimate.mean(), unit) + ", n = " + estimate.n() + interval.orElse("")
                + runs;
    }
}
