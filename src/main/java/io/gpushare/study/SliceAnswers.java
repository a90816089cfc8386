package io.gpushare.study;

import io.gpushare.study.SliceStudy.Point;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Contrast;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.EstimateWords;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a slice costs, and what neighbours cost on top of it: two numbers. */
final class SliceAnswers {
    private SliceAnswers() {}

    static List<Answer> of(SliceStudy study, StudyOptions options) {
        List<Answer> answers = new ArrayList<>();
        study.whole().ifPresent(whole -> slices(study, whole).ifPresent(answers::add));
        neighbours(study, options).ifPresent(answers::add);
        return answers;
    }

    /** GPU instances that are not cut, each with a compute instance of all of it. */
    private static Optional<Answer> slices(SliceStudy study, Estimate whole) {
        List<String> parts = study.alone().stream()
                .filter(point -> !point.slice().contains("/") && !point.slice().contains("+"))
                .map(point -> point.slice() + " " + Figure.percent(point.rate().mean() / whole.mean()) + " (ideal "
                        + Figure.percent((double) point.computeSlices() / study.slices()) + ")")
                .toList();
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Answer(
                        Topic.SLICES,
                        Confidence.FACT,
                        study.variant() + " alone on a slice, against the whole GPU with " + EstimateWords.of(whole)
                                + ": " + String.join(", ", parts) + "."));
    }

    private record Loss(Point beside, Point alone, Contrast contrast) {}

    /** Where neighbours cost most. */
    private static Optional<Answer> neighbours(SliceStudy study, StudyOptions options) {
        return study.points().stream()
                .filter(point -> point.neighbours() > 0)
                .flatMap(point -> study.aloneOn(point).stream()
                        .map(alone -> new Loss(point, alone, Contrast.of(alone.rate(), point.rate(), options.seed()))))
                .min(Comparator.comparingDouble(loss -> loss.contrast().ratio()))
                .map(loss -> new Answer(
                        Topic.SLICES,
                        loss.contrast().confidence(),
                        (loss.contrast().confidence() == Confidence.OPEN
                                        ? "Whether neighbours cost " + study.variant()
                                                + " anything is open; at worst, on "
                                        : "Neighbours cost " + study.variant() + " most on ")
                                + loss.beside().slice() + ": beside "
                                + Amount.of(loss.beside().neighbours(), "tenant") + " of "
                                + loss.beside().neighbour() + " it does "
                                + Figure.percent(loss.contrast().ratio()) + " of what it does alone on the slice ("
                                + EstimateWords.of(loss.beside().rate()) + " against "
                                + EstimateWords.of(loss.alone().rate()) + ")."));
    }
}
