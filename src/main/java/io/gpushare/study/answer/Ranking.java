package io.gpushare.study.answer;

import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmComparison;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metric.Better;
import io.gpushare.study.metric.StudyOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Arms by one metric, the best first.
 *
 * @param unranked arms of which the metric is not known
 * @param rival the first that the runs cannot tell from the best, or else the second: whoever is best is so beside all
 *     others
 * @param duel of the best with its rival; empty where they ran on different cards, and that matters
 * @param challenger who may be better than the best
 */
record Ranking(
        Metric metric,
        List<Arm> arms,
        List<Arm> unranked,
        Arm rival,
        Optional<ArmComparison> duel,
        Optional<Challenger> challenger) {
    Ranking {
        arms = List.copyOf(arms);
        unranked = List.copyOf(unranked);
    }

    /** Ranks arms by the first of these metrics that at least two of them have. */
    static Optional<Ranking> by(List<Metric> metrics, List<Arm> arms, StudyOptions options) {
        return metrics.stream()
                .filter(metric -> having(metric, arms).size() > 1)
                .findFirst()
                .map(metric -> of(metric, arms, options));
    }

    private static List<Arm> having(Metric metric, List<Arm> arms) {
        return arms.stream().filter(arm -> arm.estimate(metric).isPresent()).toList();
    }

    private static Ranking of(Metric metric, List<Arm> arms, StudyOptions options) {
        List<Arm> known = having(metric, arms);
        Comparator<Arm> ascending =
                Comparator.comparingDouble(arm -> arm.mean(metric).orElseThrow());
        List<Arm> ordered = known.stream()
                .sorted(metric.better() == Better.LOWER ? ascending : ascending.reversed())
                .toList();
        List<Arm> unranked = arms.stream().filter(arm -> !known.contains(arm)).toList();
        Arm best = ordered.getFirst();
        Arm rival = ordered.stream()
                .skip(1)
                .filter(arm -> ArmComparison.of(metric, best, arm, options)
                        .filter(duel -> !duel.told())
                        .isPresent())
                .findFirst()
                .orElse(ordered.get(1));
        return new Ranking(
                metric,
                ordered,
                unranked,
                rival,
                ArmComparison.of(metric, best, rival, options),
                Challenger.of(metric, best, unranked));
    }

    Arm best() {
        return arms.getFirst();
    }

    Estimate of(Arm arm) {
        return arm.estimate(metric).orElseThrow();
    }

    /** A sentence more, where somebody is left out of whom nothing was said. */
    String remainder() {
        String others = unranked.stream()
                .filter(arm ->
                        challenger.filter(found -> found.arm().equals(arm)).isEmpty())
                .map(Arm::name)
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "" : " Not known for " + others + ".";
    }

    /** The best, and those that the runs cannot tell from it. */
    List<Arm> level(StudyOptions options) {
        return Stream.concat(
                        Stream.of(best()),
                        arms.stream()
                                .skip(1)
                                .filter(arm -> ArmComparison.of(metric, best(), arm, options)
                                        .filter(ArmComparison::told)
                                        .isEmpty()))
                .toList();
    }
}
