package io.gpushare.experiment.sweep;

import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Section;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmComparison;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.StudyOptions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two ways of sharing of which the runs do not tell yet which does more work: the one that leads, and another.
 *
 * @param mix as a reader says it
 * @param best the name of the way that leads
 */
public record OpenComparison(String mix, String best, String other) {

    /** Of every mix in which tenants share: the leader against each of the others. */
    static List<OpenComparison> in(List<StoredRun> runs) {
        StudyOptions options = StudyOptions.DEFAULT;
        return Study.of(runs, options).sections().stream()
                .flatMap(Section::mixes)
                .filter(mix -> mix.tenants() > 1)
                .flatMap(mix -> open(mix, options))
                .toList();
    }

    private static Stream<OpenComparison> open(MixStudy mix, StudyOptions options) {
        Metric work = mix.counts().size() == 1 ? Metrics.THROUGHPUT : Metrics.STP;
        List<Arm> arms = mix.arms().stream()
                .filter(arm -> arm.estimate(work.id()).isPresent())
                .sorted(Comparator.comparingDouble(
                        arm -> -arm.estimate(work.id()).orElseThrow().mean()))
                .toList();
        return arms.stream()
                .skip(1)
                .filter(arm -> ArmComparison.of(work, arms.getFirst(), arm, options)
                        .filter(ArmComparison::told)
                        .isEmpty())
                .map(arm -> new OpenComparison(mix.mix(), arms.getFirst().name(), arm.name()));
    }

    public String words() {
        return mix + ": " + best + " or " + other;
    }
}
