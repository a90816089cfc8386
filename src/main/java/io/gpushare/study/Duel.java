package io.gpushare.study;

import io.gpushare.results.reading.StoredRun;
import io.gpushare.study.Metric.Better;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two arms by one metric, over runs that may be compared: rates of work differ between cards of one model, and between hosts, so
 * they are compared on cards on which both ran.
 *
 * @param someCards whether runs on other cards were left out
 */
record Duel(Estimate best, Estimate other, boolean someCards, Contrast contrast) {
    /** The others are against each run's own baseline. */
    private static final Set<String> RATES =
            Set.of(Metrics.THROUGHPUT.key(), Metrics.P99.key(), Metrics.JOULES_PER_UNIT.key(), Metrics.COST.key());

    /** Empty where no card is common to both. Both have the metric. */
    static Optional<Duel> of(Metric metric, Arm best, Arm other, StudyOptions options) {
        if (!RATES.contains(metric.key()) || cards(best).equals(cards(other))) {
            return Optional.of(of(
                    best.estimate(metric.id()).orElseThrow(),
                    other.estimate(metric.id()).orElseThrow(),
                    false,
                    options));
        }
        Set<String> common = new HashSet<>(cards(best));
        common.retainAll(cards(other));
        List<Double> values = values(metric, best, common, options);
        List<Double> others = values(metric, other, common, options);
        if (values.isEmpty() || others.isEmpty()) {
            return Optional.empty();
        }
        Metric counted = best.estimate(metric.id()).orElseThrow().metric();
        return Optional.of(of(
                Arms.estimate(counted, values, options.seed()),
                Arms.estimate(counted, others, options.seed()),
                true,
                options));
    }

    /** What is best over all cards may be the lesser one on those that both ran on: then nothing is told. */
    private static Duel of(Estimate best, Estimate other, boolean someCards, StudyOptions options) {
        Contrast contrast = Contrast.of(other, best, options.seed());
        boolean better = best.metric().better() == Better.LOWER ? contrast.ratio() < 1 : contrast.ratio() > 1;
        return new Duel(best, other, someCards, better ? contrast : new Contrast(contrast.ratio(), Confidence.OPEN));
    }

    boolean told() {
        return contrast.confidence() != Confidence.OPEN;
    }

    private static Set<String> cards(Arm arm) {
        return arm.runs().stream().map(run -> RunFacts.of(run).card()).collect(Collectors.toSet());
    }

    /** Rates need no baseline. */
    private static List<Double> values(Metric metric, Arm arm, Set<String> cards, StudyOptions options) {
        List<Double> values = new ArrayList<>();
        for (StoredRun run : arm.runs()) {
            if (cards.contains(RunFacts.of(run).card())) {
                RunNumbers.of(run, options, OptionalDouble.empty(), Baselines.of(List.of())).entrySet().stream()
                        .filter(entry -> entry.getKey().id().equals(metric.id()))
                        .forEach(entry -> values.add(entry.getValue()));
            }
        }
        return values;
    }
}
