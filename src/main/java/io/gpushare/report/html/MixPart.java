package io.gpushare.report.html;

import io.gpushare.report.ArmLooks;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways in which one mix was run, side by side. */
final class MixPart {
    /** What follows from others, or explains them: told on demand, so that what decides fits on a screen. */
    private static final Set<String> LESSER = Stream.of(
                    Metrics.ANTT,
                    Metrics.JAIN,
                    Metrics.SUCCESS,
                    Metrics.MEAN_POWER,
                    Metrics.GPU_TIME_AGAINST_ALONE,
                    Metrics.GPUS_SAVED,
                    Metrics.GPU_BUSY,
                    Metrics.SM_ACTIVE,
                    Metrics.OVERHEAD,
                    Metrics.MODELLED_JOULES)
            .map(Metric::key)
            .collect(Collectors.toUnmodifiableSet());

    private MixPart() {}

    static boolean decides(Metric metric) {
        return !LESSER.contains(metric.key());
    }

    static Element of(MixStudy mix, String id, ArmLooks looks, PageCharts charts, Contents contents) {
        Element part = contents.part(4, id, mix.mix());
        part.set("class", "part mix");
        List<Answer> answers = mix.answers().stream()
                .filter(answer -> answer.topic() != Topic.RECOMMENDATION)
                .toList();
        if (!answers.isEmpty()) {
            part.add(AnswerList.of(answers));
        }
        Element numbers = numbers(mix);
        metricsByTenants(mix.arms())
                .forEach((tenants, metrics) -> tables(
                        numbers,
                        tenants.isEmpty() ? "All tenants together" : "Each tenant of " + tenants,
                        mix.arms(),
                        metrics,
                        looks));
        numbers.add(
                ArmBars.of(mix.arms(), looks),
                Element.of("div", "charts").addAll(LatencyChart.of(mix, looks, charts).stream()));
        return part.add(numbers);
    }

    /** Folded away where there is nothing to compare. */
    private static Element numbers(MixStudy mix) {
        return mix.arms().size() > 1
                ? Element.of("div")
                : Styling.folded(Element.of("span", "aside")
                        .text("Run in one way only: "
                                + mix.arms().stream().map(Arm::name).collect(Collectors.joining())));
    }

    private static void tables(Element part, String caption, List<Arm> arms, List<Metric> metrics, ArmLooks looks) {
        Map<Boolean, List<Metric>> byWeight = metrics.stream().collect(Collectors.partitioningBy(MixPart::decides));
        List<Metric> main = byWeight.getOrDefault(true, List.of());
        List<Metric> lesser = byWeight.getOrDefault(false, List.of());
        if (!main.isEmpty()) {
            part.add(ComparisonTable.of(caption, arms, main, looks));
        }
        if (!lesser.isEmpty()) {
            part.add(Styling.folded(Element.of("span", "aside").text("More numbers: " + names(lesser)))
                    .add(ComparisonTable.of(caption, arms, lesser, looks)));
        }
    }

    private static String names(List<Metric> metrics) {
        return metrics.stream().map(Metric::label).collect(Collectors.joining(", "));
    }

    /** By the variant that they are of, first those of the whole run; each in the order of the estimates. */
    static Map<String, List<Metric>> metricsByTenants(List<Arm> arms) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (Arm arm : arms) {
            for (Estimate estimate : arm.estimates().values()) {
                metrics.putIfAbsent(estimate.metric().id(), estimate.metric());
            }
        }
        Map<String, List<Metric>> byTenants = new LinkedHashMap<>();
        for (Metric metric : metrics.values()) {
            if (metric.variant().isEmpty()) {
                byTenants.computeIfAbsent("", none -> new ArrayList<>()).add(metric);
            }
        }
        for (Metric metric : metrics.values()) {
            metric.variant()
                    .ifPresent(tenants -> byTenants
                            .computeIfAbsent(tenants, none -> new ArrayList<>())
                            .add(metric));
        }
        return byTenants;
    }
}
