package io.gpushare.study.arm;

import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Contrast;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metric.Better;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Figure;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Two arms by one metric, over runs that may be compared: rates of work differ between cards of one model, and between
 * hosts, so they are compared on cards on which both ran.
 *
 * @param someCards whether runs on other cards were left out
 */
public record ArmComparison(Estimate best, Estimate other, boolean someCards, Contrast contrast) {
    /** Empty where no card is common to both. Both have the metric. */
    public static Optional<ArmComparison> of(Metric metric, Arm best, Arm other, StudyOptions options) {
        if (!metric.dependsOnCard() || best.cards().equals(other.cards())) {
            return Optional.of(of(
                    best.estimate(metric).orElseThrow(), other.estimate(metric).orElseThrow(), false, options));
        }
        Set<String> common = new HashSet<>(best.cards());
        common.retainAll(other.cards());
        Optional<Estimate> ours = CommonCards.estimate(metric, best, common, options);
        Optional<Estimate> theirs = CommonCards.estimate(metric, other, common, options);
        return ours.isEmpty() || theirs.isEmpty()
                ? Optional.empty()
                : Optional.of(of(ours.get(), theirs.get(), true, options));
    }

    /** What is best over all cards may be the lesser one on those that both ran on: then nothing is told. */
    private static ArmComparison of(Estimate best, Estimate other, boolean someCards, StudyOptions options) {
        Contrast contrast = Contrast.of(other, best, options.seed());
        boolean better = best.metric().better() == Better.LOWER ? contrast.ratio() < 1 : contrast.ratio() > 1;
        return new ArmComparison(best, other, someCards, better ? contrast : contrast.open());
    }

    public boolean told() {
        return contrast.confidence() != Confidence.OPEN;
    }

    /** Whether the figures differ to a reader, and every run of the one is beyond every run of the other. */
    public boolean apart() {
        return contrast.separated() && !Figure.of(best.mean()).equals(Figure.of(other.mean()));
    }
}
