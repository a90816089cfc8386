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
 * @param unranked arms of which the metric is not known
 * @param contrast of the best to the second
 */
record Ranking(Metric metric, List<Arm> arms, List<Arm> unranked, Contrast contrast) {
    Ranking {
        arms = List.copyOf(arms);
        unranked = List.copyOf(unranked);
    }

    /** What two cards of one model, or two hosts, may differ in; the others are against each run's own baseline. */
    private static final Set<String> RATES =
            Set.of(Metrics.THROUGHPUT.key(), Metrics.P99.key(), Metrics.JOULES_PER_UNIT.key(), Metrics.COST.key());

    /** By the first of these metrics that two arms or more have. */
    static Optional<Ranking> by(List<Metric> metrics, List<Arm> arms, long seed) {
        return metrics.stream()
                .filter(metric -> having(metric, arms).size() > 1)
                .findFirst()
                .map(metric -> of(metric, arms, seed));
    }

    private static List<Arm> having(Metric metric, List<Arm> arms) {
        return arms.stream()
                .filter(arm -> arm.estimate(metric.id()).isPresent())
                .toList();
    }

    private static Ranking of(Metric metric, List<Arm> arms, long seed) {
        List<Arm> known = having(metric, arms);
        Comparator<Arm> ascending =
                Comparator.comparingDouble(arm -> arm.mean(metric.id()).orElseThrow());
        List<Arm> ordered = known.stream()
                .sorted(metric.better() == Better.LOWER ? ascending : ascending.reversed())
                .toList();
        Contrast contrast = Contrast.of(
                ordered.get(1).estimate(metric.id()).orElseThrow(),
                ordered.getFirst().estimate(metric.id()).orElseThrow(),
                seed);
        List<Arm> unranked = arms.stream().filter(arm -> !known.contains(arm)).toList();
        return new Ranking(metric, ordered, unranked, contrast);
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

    /** A sentence more, where somebody is left out. */
    String remainder() {
        return unranked.isEmpty()
                ? ""
                : " Not known for " + unranked.stream().map(Arm::name).collect(Collectors.joining(", ")) + ".";
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
