package io.gpushare.report.html;

import io.gpushare.report.ArmLooks;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.EstimateWords;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metric.Better;
import io.gpushare.text.Figure;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A row for each way of sharing, a column for each metric. The page's script makes its columns sortable; where the page
 * is narrow each row is a list, and its cells say themselves what they are.
 */
final class ComparisonTable {
    private ComparisonTable() {}

    static Element of(String caption, List<Arm> arms, List<Metric> metrics, ArmLooks looks) {
        Element head = Element.of("tr").add(Styling.columnHead("Way of sharing"), column("Runs", "", ""));
        for (Metric metric : metrics) {
            head.add(column(metric.label(), metric.unit(), direction(metric.better()))
                    .set("title", metric.definition()));
        }
        Element body = Element.of("tbody");
        for (Arm arm : arms) {
            body.add(row(arm, arms, metrics, looks));
        }
        return Styling.scroll(
                caption,
                Element.of("table", "sortable")
                        .add(
                                Element.of("caption").text(caption),
                                Element.of("thead").add(head),
                                body));
    }

    private static Element column(String label, String unit, String direction) {
        Element head = Element.of("th", "number").set("scope", "col").text(label);
        String small = unit + (unit.isEmpty() || direction.isEmpty() ? "" : ", ") + direction;
        return small.isEmpty() ? head : head.text(" ").add(Element.of("small").text(small));
    }

    private static String direction(Better better) {
        return switch (better) {
            case HIGHER -> "more is better";
            case LOWER -> "less is better";
            case NEITHER -> "";
        };
    }

    private static Element row(Arm arm, List<Arm> arms, List<Metric> metrics, ArmLooks looks) {
        Element row = Element.of("tr")
                .add(
                        Element.of("th")
                                .set("scope", "row")
                                .add(Styling.mark(looks.of(arm.key())))
                                .text(arm.name()),
                        Element.of("td", "number")
                                .set("data-label", "Runs")
                                .set("data-value", String.valueOf(arm.runs().size()))
                                .text(String.valueOf(arm.runs().size())));
        for (Metric metric : metrics) {
            Optional<Estimate> estimate = arm.estimate(metric);
            row.add(estimate.map(known -> cell(known, isBest(arm, known, arms)))
                    .orElseGet(() -> Element.of("td", "number absent")
                            .set("data-value", "")
                            .text("–"))
                    .set("data-label", metric.label() + (metric.unit().isEmpty() ? "" : ", " + metric.unit())));
        }
        return row;
    }

    private static Element cell(Estimate estimate, boolean best) {
        Element cell =
                Element.of("td", best ? "number best" : "number").set("data-value", String.valueOf(estimate.mean()));
        if (best) {
            cell.add(Element.of("span", "winner").text("best")).text(" ");
        }
        cell.add(Element.of("span", "mean").text(Figure.of(estimate.mean())));
        String basis = EstimateWords.interval(estimate)
                .map(interval -> interval + ", n = " + estimate.n())
                .or(() -> EstimateWords.withinOneRun(estimate))
                .orElseGet(() -> "n = " + estimate.n());
        estimate.spread().ifPresent(spread -> cell.set("title", EstimateWords.of(spread)));
        return cell.add(Element.of("small").text(basis));
    }

    /**
     * Whether the cell has the best of two or more values that differ in what is printed; several have it where they
     * are printed alike.
     */
    private static boolean isBest(Arm arm, Estimate estimate, List<Arm> arms) {
        Metric metric = estimate.metric();
        if (metric.dependsOnCard() && ofDifferentCards(metric, arms)) {
            return false;
        }
        DoubleSummaryStatistics means = arms.stream()
                .filter(ComparisonTable::shares)
                .map(other -> other.mean(metric))
                .flatMapToDouble(OptionalDouble::stream)
                .summaryStatistics();
        if (!shares(arm) || Figure.of(means.getMin()).equals(Figure.of(means.getMax()))) {
            return false;
        }
        String printed = Figure.of(estimate.mean());
        return switch (metric.better()) {
            case HIGHER -> printed.equals(Figure.of(means.getMax()));
            case LOWER -> printed.equals(Figure.of(means.getMin()));
            case NEITHER -> false;
        };
    }

    private static boolean ofDifferentCards(Metric metric, List<Arm> arms) {
        return arms.stream()
                        .filter(ComparisonTable::shares)
                        .filter(arm -> arm.estimate(metric).isPresent())
                        .map(Arm::cards)
                        .distinct()
                        .count()
                > 1;
    }

    /**
     * One after another is the line to compare with: a tenant alone is fast, and all are treated alike by definition.
     */
    static boolean shares(Arm arm) {
        return arm.key().mode().concurrent();
    }
}
