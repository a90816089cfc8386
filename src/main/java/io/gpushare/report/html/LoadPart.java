package io.gpushare.report.html;

import io.gpushare.report.ArmLooks;
import io.gpushare.study.Section;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.LoadStudy;
import io.gpushare.study.arm.LoadStudy.Level;
import io.gpushare.study.arm.LoadStudy.Way;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import java.util.List;
import java.util.Optional;

/** One replica beside several, under the same load of the GPU: what follows, and a table for each load. */
final class LoadPart {
    private static final List<Metric> METRICS = List.of(
            Metrics.REQUESTS_DUE,
            Metrics.REQUESTS_ANSWERED,
            Metrics.REQUEST_P50,
            Metrics.REQUEST_P99,
            Metrics.GOODPUT_SHARE,
            Metrics.SLO_ATTAINMENT,
            Metrics.REQUESTS_FAILED,
            Metrics.JOULES_PER_REQUEST);

    private LoadPart() {}

    static Optional<Element> of(Section section, String prefix, ArmLooks looks, Contents contents) {
        if (section.loads().isEmpty()) {
            return Optional.empty();
        }
        Element part = contents.part(3, prefix + "-load", "The same load, one replica or several");
        for (LoadStudy study : section.loads()) {
            part.add(Element.of("h4").text(study.title()));
            study.levels().forEach(level -> add(part, level, looks));
        }
        return Optional.of(part);
    }

    private static void add(Element part, Level level, ArmLooks looks) {
        List<Arm> arms = level.ways().stream().map(Way::arm).toList();
        List<Metric> known = METRICS.stream()
                .filter(metric ->
                        arms.stream().anyMatch(arm -> arm.estimate(metric).isPresent()))
                .toList();
        if (!level.answers().isEmpty()) {
            part.add(AnswerList.of(level.answers()));
        }
        part.add(ComparisonTable.of(level.words(), arms, known, looks));
    }
}
