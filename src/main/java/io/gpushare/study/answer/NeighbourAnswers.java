package io.gpushare.study.answer;

import io.gpushare.analysis.BootstrapInterval;
import io.gpushare.analysis.Difference;
import io.gpushare.results.benchmark.BaselineFit;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.Arms;
import io.gpushare.study.arm.MixKey;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What other cards of the host cost that work at the same time: they share its power, its processors and its buses. In
 * the mode exclusive each run tells it by itself, because its baselines were measured while the other cards rested; and
 * in every mode runs tell it that were made without company, on the same cards.
 */
final class NeighbourAnswers {
    /** A cost below it is nobody's trouble. */
    private static final double MATTERS = 0.02;

    private final MixKey mix;
    private final StudyOptions options;

    NeighbourAnswers(MixKey mix, StudyOptions options) {
        this.mix = mix;
        this.options = options;
    }

    List<Answer> of(List<Arm> arms) {
        List<Answer> answers = new ArrayList<>();
        for (Arm arm : arms) {
            if (arm.key().otherCards() > 0) {
                mix.counts().forEach(count -> cost(arm, count.variant(), arms).ifPresent(answers::add));
            }
        }
        return answers;
    }

    private Optional<Answer> cost(Arm arm, String variant, List<Arm> arms) {
        if (!arm.key().mode().concurrent()) {
            return ofEachRun(arm, variant).map(kept -> answer(arm, variant, kept));
        }
        return arms.stream()
                .filter(resting -> arm.key().isBesideMoreThan(resting.key()))
                .filter(resting -> resting.cards().equals(arm.cards()))
                .findFirst()
                .flatMap(resting -> ofBoth(resting, arm, variant))
                .map(kept -> answer(arm, variant, kept));
    }

    /**
     * What is kept of the work.
     *
     * @param runs in words
     */
    private record Kept(double share, Optional<BootstrapInterval> interval, String runs) {}

    private Optional<Kept> ofEachRun(Arm arm, String variant) {
        List<Double> kept = arm.runs().stream()
                .map(StoredRun::result)
                .flatMap(run -> kept(run, variant).stream())
                .toList();
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        Metric rate = Metrics.RATE.of(variant);
        Estimate estimate = Arms.estimate(rate, kept, options.seed());
        return Optional.of(new Kept(estimate.mean(), estimate.interval(), "n = " + kept.size()));
    }

    private static Optional<Double> kept(RunResult run, String variant) {
        Optional<Double> alone = BaselineFit.of(variant, run.baselines())
                .flatMap(baseline -> baseline.alone().unitsPerSec().asOptional())
                .filter(rate -> rate > 0);
        double[] beside = run.tenants().stream()
                .filter(tenant -> tenant.variant().equals(variant))
                .flatMap(tenant -> tenant.unitsPerSec().asOptional().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        return beside.length == 0
                ? Optional.empty()
                : alone.map(rate -> Arrays.stream(beside).average().orElseThrow() / rate);
    }

    private Optional<Kept> ofBoth(Arm resting, Arm beside, String variant) {
        String rate = Metrics.RATE.of(variant).id();
        Optional<Estimate> without = resting.estimate(rate).filter(estimate -> estimate.mean() > 0);
        Optional<Estimate> with = beside.estimate(rate);
        if (without.isEmpty() || with.isEmpty()) {
            return Optional.empty();
        }
        Difference difference = Difference.of(without.get().values(), with.get().values(), options.seed());
        return Optional.of(new Kept(
                difference.ratio(),
                difference.interval(),
                "n = " + without.get().n() + " and " + with.get().n()));
    }

    private static Answer answer(Arm arm, String variant, Kept kept) {
        Optional<BootstrapInterval> sure = kept.interval().filter(BootstrapInterval::reaches);
        String basis = sure.map(
                        interval -> change(interval.lower()) + " to " + change(interval.upper()) + " %, " + kept.runs())
                .orElse(kept.runs() + ", too few for an interval");
        boolean differs = sure.filter(interval -> !interval.contains(1)).isPresent();
        boolean harmless = sure.filter(interval -> interval.lower() > 1 - MATTERS && interval.upper() < 1 + MATTERS)
                .isPresent();
        String text = "While " + Amount.of(arm.key().otherCards(), "other card")
                + (arm.key().otherCards() == 1 ? " works, " : " work, ") + variant + " does " + change(kept.share())
                + " % in " + arm.name() + " (" + basis + ")"
                + (harmless ? ", which is nothing that matters." : ".");
        return new Answer(Topic.NEIGHBOURS, harmless || differs ? Confidence.SHOWN : Confidence.OPEN, text);
    }

    private static String change(double ratio) {
        return Figure.change(100 * (ratio - 1));
    }
}
