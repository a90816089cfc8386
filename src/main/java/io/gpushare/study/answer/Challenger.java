package io.gpushare.study.answer;

import io.gpushare.study.arm.Arm;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.EstimateWords;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metric.Better;
import io.gpushare.study.metric.Metrics;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An arm without the metric by which arms are ranked, for want of a baseline, that is better than the best one in plain
 * figures. Whether it is better by the metric, too, is not known; that the best one is best is not known either, then.
 *
 * @param theirs its plain figure, {@code best} that of the best one
 */
record Challenger(Arm arm, Estimate theirs, Estimate best) {
    /** The metrics, by key, that say nearly the same and need no baseline. */
    private static final Map<String, String> PLAIN = Map.of(
            Metrics.STP.key(), Metrics.THROUGHPUT.key(),
            Metrics.GPU_TIME_AGAINST_ALONE.key(), Metrics.THROUGHPUT.key(),
            Metrics.ENERGY_AGAINST_ALONE.key(), Metrics.JOULES_PER_UNIT.key(),
            Metrics.WORST_P99_SLOWDOWN.key(), Metrics.P99.key(),
            Metrics.WORST_P90_SLOWDOWN.key(), Metrics.P90.key());

    /** The strongest. */
    static Optional<Challenger> of(Metric metric, Arm best, List<Arm> unranked) {
        return Optional.ofNullable(PLAIN.get(metric.key()))
                .flatMap(plain -> figure(best, plain))
                .flatMap(ours -> unranked.stream()
                        .flatMap(arm -> figure(arm, ours.metric().key()).stream()
                                .filter(theirs -> beats(theirs, ours))
                                .map(theirs -> new Challenger(arm, theirs, ours)))
                        .max(Comparator.comparingDouble(Challenger::lead)));
    }

    /** Where there are several variants, none of them stands for the whole. */
    private static Optional<Estimate> figure(Arm arm, String key) {
        List<Estimate> figures = arm.estimates().values().stream()
                .filter(estimate -> estimate.metric().key().equals(key))
                .toList();
        return figures.size() == 1 ? Optional.of(figures.getFirst()) : Optional.empty();
    }

    private static boolean beats(Estimate theirs, Estimate ours) {
        return ours.metric().better() == Better.LOWER ? theirs.mean() < ours.mean() : theirs.mean() > ours.mean();
    }

    private double lead() {
        return Math.abs(theirs.mean() - best.mean());
    }

    /** {@code MPS has no STP, but throughput 6766 samples/s (one run) against the 5930 samples/s of MPS 25 %}. */
    String words(Metric metric, Arm leader) {
        boolean elsewhere = Collections.disjoint(arm.cards(), leader.cards());
        return arm.name() + " has no " + metric.label() + " that is known, and "
                + theirs.metric().label() + " "
                + EstimateWords.of(theirs) + (elsewhere ? ", on another card," : "") + " against the "
                + EstimateWords.withUnit(best.mean(), best.metric()) + " of " + leader.name();
    }
}
