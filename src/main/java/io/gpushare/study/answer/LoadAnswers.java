package io.gpushare.study.answer;

import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.LoadStudy.Level;
import io.gpushare.study.arm.LoadStudy.Way;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metric.Better;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.StudyOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether one replica that takes all the load serves better than several that share it. By the clock all are asked the
 * same, so work is no measure there: the tail, and what keeps a bound, are.
 */
public final class LoadAnswers {
    private final Level level;
    private final StudyOptions options;
    private final List<Answer> answers = new ArrayList<>();

    private LoadAnswers(Level level, StudyOptions options) {
        this.level = level;
        this.options = options;
    }

    public static List<Answer> of(Level level, boolean open, StudyOptions options) {
        LoadAnswers found = new LoadAnswers(level, options);
        if (!open) {
            found.add(Topic.THROUGHPUT, Metrics.REQUESTS_ANSWERED, "answers the most");
        }
        found.add(Topic.LATENCY, Metrics.REQUEST_P99, "has the shortest tail");
        found.add(Topic.SLO, Metrics.GOODPUT_SHARE, "keeps the bounds of its load most often");
        found.add(Topic.SLO, Metrics.SLO_ATTAINMENT, "keeps the bound most often");
        found.add(Topic.ENERGY, Metrics.JOULES_PER_REQUEST, "takes the least energy for a request");
        level.ways().stream().filter(Way::fellBehind).forEach(found::addBehind);
        return found.answers;
    }

    /** The best with one replica against the best with several: whoever else is beside it is in the table. */
    private void add(Topic topic, Metric metric, String praise) {
        List<Arm> unknown = level.ways().stream()
                .map(Way::arm)
                .filter(arm -> arm.estimate(metric).isEmpty())
                .toList();
        Optional<Arm> one = best(metric, true);
        Optional<Arm> several = best(metric, false);
        List<Arm> rivals = Stream.concat(
                        one.isPresent() && several.isPresent()
                                ? Stream.of(one.get(), several.get())
                                : level.ways().stream().map(Way::arm).filter(arm -> !unknown.contains(arm)),
                        unknown.stream())
                .toList();
        Ranking.by(List.of(metric), rivals, options)
                .filter(ranking -> ranking.of(ranking.best()).mean()
                        != ranking.of(ranking.rival()).mean())
                .map(ranking -> CriterionAnswers.answer(topic, ranking, praise))
                .map(answer -> new Answer(
                        answer.topic(), answer.confidence(), level.words() + ": " + answer.text(), answer.command()))
                .ifPresent(answers::add);
    }

    private Optional<Arm> best(Metric metric, boolean alone) {
        Comparator<Estimate> better = Comparator.comparingDouble(Estimate::mean);
        return level.ways().stream()
                .filter(way -> (way.replicas() == 1) == alone)
                .map(Way::arm)
                .filter(arm -> arm.estimate(metric).isPresent())
                .max(Comparator.comparing(
                        arm -> arm.estimate(metric).orElseThrow(),
                        metric.better() == Better.LOWER ? better.reversed() : better));
    }

    private void addBehind(Way way) {
        answers.add(new Answer(
                Topic.LATENCY,
                Confidence.FACT,
                level.words() + ": " + way.arm().name()
                        + " did not keep up, so that its latency depends on how long was measured."));
    }
}
