package io.gpushare.study;

import io.gpushare.study.Metric.Better;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Two arms by one metric, over runs that may be compared: rates of work differ between cards of one model, and between hosts, so
 * they are compared on cards on which both ran.
 *
 * @param someCards whether runs on other cards were left out
 */
record Duel(Estimate best, Estimate other, boolean someCards, Contrast contrast) {
    /** Empty where no card is common to both. Both have the metric. */
    static Optional<Duel> of(Metric metric, Arm best, Arm other, StudyOptions options) {
        if (!metric.dependsOnCard() || Cards.of(best).equals(Cards.of(other))) {
            return Optional.of(of(
                    best.estimate(metric.id()).orElseThrow(),
                    other.estimate(metric.id()).orElseThrow(),
                    false,
                    options));
        }
        Set<String> common = new HashSet<>(Cards.of(best));
        common.retainAll(Cards.of(other));
        Optional<Estimate> ours = Cards.estimate(metric, best, common, options);
        Optional<Estimate> theirs = Cards.estimate(metric, other, common, options);
        return ours.isEmpty() || theirs.isEmpty()
                ? Optional.empty()
                : Optional.of(of(ours.get(), theirs.get(), true, options));
    }

    /** What is best over all cards may be the lesser one on those that both ran on: then nothing is told. */
    private static Duel of(Estimate best, Estimate other, boolean someCards, StudyOptions options) {
        Contrast contrast = Contrast.of(other, best, options.seed());
        boolean better = best.metric().better() == Better.LOWER ? contrast.ratio() < 1 : contrast.ratio() > 1;
        return new Duel(best, other, someCards, better ? contrast : contrast.open());
    }

    boolean told() {
        return contrast.confidence() != Confidence.OPEN;
    }

    /** Whether the figures differ to a reader, and every run of the one is beyond every run of the other. */
    boolean apart() {
        return contrast.separated() && !Figures.of(best.mean()).equals(Figures.of(other.mean()));
    }
}
