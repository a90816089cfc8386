package io.gpushare.study;

import io.gpushare.study.Metric.Better;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Arms by one metric, the best first.
 *
 * @param contrast of the best to the second
 */
record Ranking(Metric metric, List<Arm> arms, Contrast contrast) {
    Ranking {
        arms = List.copyOf(arms);
    }

    /** What two cards of one model, or two hosts, may differ in; the others are against each run's own baseline. */
    private static final Set<String> RATES =
            Set.of(Metrics.THROUGHPUT.key(), Metrics.P99.key(), Metrics.JOULES_PER_UNIT.key(), Metrics.COST.key());

    /** By the first of the metrics that two arms or more have, and all of those that may be compared. */
    static Optional<Ranking> by(List<Metric> metrics, List<Arm> arms, long seed) {
        return metrics.stream()
                .flatMap(metric -> of(metric, arms, seed).stream())
                .findFirst();
    }

    private static Optional<Ranking> of(Metric metric, List<Arm> arms, long seed) {
        List<Arm> known = arms.stream()
                .filter(arm -> arm.estimate(metric.id()).isPresent())
                .toList();
        if (known.size() < 2 || known.size() < arms.size()) {
            return Optional.empty();
        }
        Comparator<Arm> ascending =
                Comparator.comparingDouble(arm -> arm.mean(metric.id()).orElseThrow());
        List<Arm> ordered = known.stream()
                .sorted(metric.better() == Better.LOWER ? ascending : ascending.reversed())
                .toList();
        Contrast contrast = Contrast.of(
                ordered.get(1).estimate(metric.id()).orElseThrow(),
                ordered.getFirst().estimate(metric.id()).orElseThrow(),
                seed);
        return Optional.of(new Ranking(metric, ordered, contrast));
    }

    Arm best() {
        return arms.getFirst();
    }

    Arm second() {
        return arms.get(1);
    }

    Estimate of(Arm arm) {
        return arm.estimate(metric.id()).orElseThrow();
    }

    /** Whether the best and the second share a card, where that matters. */
    boolean comparable() {
        return !RATES.contains(metric.key()) || !Collections.disjoint(cards(best()), cards(second()));
    }

    private static Set<String> cards(Arm arm) {
        return arm.runs().stream().map(run -> RunFacts.of(run).card()).collect(Collectors.toSet());
    }

    boolean told() {
        return contrast.confidence() != Confidence.OPEN;
    }

    /** The best, and those that the runs cannot tell from it. */
    List<Arm> level(long seed) {
        return Stream.concat(
                        Stream.of(best()),
                        arms.stream()
                                .skip(1)
                                .filter(arm ->
                                        Contrast.of(of(arm), of(best()), seed).confidence() == Confidence.OPEN))
                .toList();
    }
}
