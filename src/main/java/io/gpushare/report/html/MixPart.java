package io.gpushare.report.html;

import io.gpushare.study.Answer;
import io.gpushare.study.Answer.Topic;
import io.gpushare.study.Arm;
import io.gpushare.study.Estimate;
import io.gpushare.study.Metric;
import io.gpushare.study.MixStudy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ways in which one mix was run, side by side. */
final class MixPart {
    private MixPart() {}

    static Element of(MixStudy mix, String id, Charts charts, Contents contents) {
        Element part = contents.part(4, id, mix.mix());
        part.set("class", "part mix");
        List<Answer> answers = mix.answers().stream()
                .filter(answer -> answer.topic() != Topic.RECOMMENDATION)
                .toList();
        if (!answers.isEmpty()) {
            part.add(AnswerList.of(answers));
        }
        metricsByTenants(mix.arms()).forEach((tenants, metrics) -> part.add(ComparisonTable.of(
                tenants.isEmpty() ? "All tenants together" : "Each tenant of " + tenants, mix.arms(), metrics)));
        part.add(ArmBars.of(mix.arms()));
        LatencyChart.of(mix, charts).forEach(part::add);
        return part;
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
