package io.gpushare.study.answer;

import io.gpushare.mode.MigLayout;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.SharingMode;
import io.gpushare.study.answer.Recommending.Recommendation;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.Choice;
import io.gpushare.study.arm.MixKey;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.Starvation;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Contrast;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.EstimateWords;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.RunFacts;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts together what there is to say of a mix. */
public final class MixAnswers {
    private MixAnswers() {}

    public static MixStudy of(MixKey mix, List<Arm> arms, StudyOptions options) {
        List<Starvation> starvations = new StarvationSearch(mix, arms, options).found();
        List<Arm> sharing =
                arms.stream().filter(arm -> arm.key().mode().concurrent()).toList();
        // A tenant alone shares with nobody: there is nothing to choose.
        boolean chosen = mix.tenants() > 1 && !sharing.isEmpty();
        Recommendation recommendation = chosen
                ? new Recommending(sharing, starvations, options).recommendation()
                : new Recommendation(
                        Choice.none(mix.tenants() < 2 ? "one tenant alone" : "no sharing was run"), Optional.empty());
        List<Answer> answers = new ArrayList<>(recommendation.answer().stream().toList());
        if (!chosen) {
            answers.addAll(SloAnswers.of(arms, options));
        }
        answers.addAll(new LayerAnswers(mix, options).of(arms));
        answers.addAll(new ShareAnswers(mix, options).of(arms));
        if (chosen) {
            answers.addAll(new CriterionAnswers(mix, sharing, options).answers());
            answers.addAll(SloAnswers.of(sharing, options));
            isolation(sharing, options).ifPresent(answers::add);
            consolidation(mix, withoutStarving(sharing, starvations)).ifPresent(answers::add);
        }
        new CardAnswers(mix, options).of(arms).ifPresent(answers::add);
        answers.addAll(new NeighbourAnswers(mix, options).of(arms));
        if (chosen) {
            answers.addAll(OpenQuestions.of(sharing));
        }
        return new MixStudy(
                mix.words(), mix.tenants(), mix.counts(), arms, starvations, recommendation.choice(), answers);
    }

    /**
     * Clients of MPS share their fate; in time-slicing and under MIG a tenant that crashes crashes alone. With MPS in
     * MIG's instances some do and some do not: that is neither.
     */
    private static Optional<Answer> isolation(List<Arm> sharing, StudyOptions options) {
        Optional<Arm> together = bestOf(
                sharing.stream().filter(arm -> arm.key().mode() == ModeKind.MPS).toList());
        Optional<Arm> apart =
                bestOf(sharing.stream().filter(MixAnswers::keepsFaultsApart).toList());
        if (together.isEmpty() || apart.isEmpty()) {
            return Optional.empty();
        }
        Estimate shared = together.get().estimate(Metrics.STP).orElseThrow();
        Estimate isolated = apart.get().estimate(Metrics.STP).orElseThrow();
        Contrast contrast = Contrast.of(shared, isolated, options.seed());
        String fault = "a fault in one client of MPS ends the others, too";
        String pair = "STP " + EstimateWords.of(isolated) + " against the " + EstimateWords.of(shared) + " of "
                + together.get().name();
        String text;
        if (contrast.confidence() == Confidence.OPEN) {
            text = "Whether keeping faults apart costs anything cannot be told: "
                    + apart.get().name() + " has " + pair + "; " + fault + ".";
        } else if (contrast.ratio() < 1) {
            text = "Keeping faults apart costs " + Figure.percent(1 - contrast.ratio()) + " of the work: "
                    + apart.get().name() + " has " + pair + "; but " + fault + ".";
        } else {
            text = "Keeping faults apart costs nothing: " + apart.get().name() + " has " + pair + "; and " + fault
                    + ".";
        }
        return Optional.of(new Answer(Topic.ISOLATION, contrast.confidence(), text));
    }

    private static List<Arm> withoutStarving(List<Arm> sharing, List<Starvation> starvations) {
        return sharing.stream()
                .filter(arm -> starvations.stream()
                        .noneMatch(starvation -> starvation.arm().equals(arm.key())))
                .toList();
    }

    private static boolean keepsFaultsApart(Arm arm) {
        return switch (arm.typical().result().mode()) {
            case SharingMode.Exclusive() -> true;
            case SharingMode.TimeSlicing _ -> true;
            case SharingMode.Mps _ -> false;
            case SharingMode.Mig(MigLayout _, var mps) -> mps.isEmpty();
        };
    }

    private static Optional<Arm> bestOf(List<Arm> arms) {
        return arms.stream()
                .filter(arm -> arm.estimate(Metrics.STP).isPresent())
                .max((one, other) -> Double.compare(
                        one.mean(Metrics.STP).orElseThrow(),
                        other.mean(Metrics.STP).orElseThrow()));
    }

    private static Optional<Answer> consolidation(MixKey mix, List<Arm> sharing) {
        return bestOf(sharing)
                .filter(arm -> RunFacts.of(arm.typical()).hasGpu())
                .filter(arm -> arm.estimate(Metrics.STP)
                        .filter(stp -> stp.mean() > 1 && Contrast.againstOne(stp) != Confidence.OPEN)
                        .isPresent())
                .map(arm -> {
                    Estimate stp = arm.estimate(Metrics.STP).orElseThrow();
                    return new Answer(
                            Topic.CONSOLIDATION,
                            Confidence.FACT,
                            mix.tenants() + " tenants on one GPU do the work of " + EstimateWords.of(stp)
                                    + " GPUs with one tenant each, under " + arm.name() + ": "
                                    + Figure.of(stp.mean() - 1) + " of the "
                                    + (mix.tenants() == 2 ? "other GPU" : (mix.tenants() - 1) + " other GPUs")
                                    + " saved, at that pace.");
                });
    }
}
