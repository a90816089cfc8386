package io.gpushare.study.answer;

import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmComparison;
import io.gpushare.study.arm.MixKey;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.EstimateWords;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.StudyOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which way of sharing is best by one criterion, and by how much. */
final class CriterionAnswers {
    private final List<Arm> sharing;
    private final List<Metric> tails;
    private final StudyOptions options;

    /**
     * @param sharing arms in which tenants run at the same time: alone, latency and fairness are perfect by definition
     */
    CriterionAnswers(MixKey mix, List<Arm> sharing, StudyOptions options) {
        this.sharing = List.copyOf(sharing);
        this.options = options;
        List<Metric> wanted = new ArrayList<>(List.of(Metrics.WORST_P99_SLOWDOWN, Metrics.WORST_P90_SLOWDOWN));
        if (mix.counts().size() == 1) {
            wanted.add(Metrics.P99.of(mix.counts().getFirst().variant()));
        }
        this.tails = List.copyOf(wanted);
    }

    List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        work().ifPresent(ranking -> answers.add(answer(Topic.THROUGHPUT, ranking, "does the most work")));
        ranking(tails).ifPresent(ranking -> answers.add(answer(Topic.LATENCY, ranking, "has the shortest tail")));
        ranking(List.of(Metrics.FAIRNESS))
                .ifPresent(ranking -> answers.add(answer(Topic.FAIRNESS, ranking, "is the fairest")));
        ranking(List.of(Metrics.ENERGY_AGAINST_ALONE, Metrics.JOULES_PER_UNIT))
                .ifPresent(ranking ->
                        answers.add(answer(Topic.ENERGY, ranking, "takes the least energy for the same work")));
        ranking(List.of(Metrics.COST, Metrics.GPU_TIME_AGAINST_ALONE))
                .ifPresent(ranking -> answers.add(answer(Topic.COST, ranking, "costs the least for the same work")));
        return answers;
    }

    /** STP where the baselines are known, else plain throughput where all tenants do the same. */
    Optional<Ranking> work() {
        return ranking(List.of(Metrics.STP, Metrics.THROUGHPUT));
    }

    private Optional<Ranking> ranking(List<Metric> metrics) {
        return Ranking.by(metrics, sharing, options);
    }

    static Answer answer(Topic topic, Ranking ranking, String praise) {
        String metric = ranking.metric().label();
        String best = ranking.best().name();
        String rival = ranking.rival().name();
        if (ranking.duel().isEmpty()) {
            String text = "Cannot be compared: " + metric + " " + EstimateWords.of(ranking.of(ranking.best()))
                    + " with " + best
                    + " and " + EstimateWords.of(ranking.of(ranking.rival())) + " with " + rival
                    + " are of different cards." + ranking.remainder();
            return new Answer(topic, Confidence.OPEN, text);
        }
        ArmComparison duel = ranking.duel().get();
        String where = (duel.someCards() ? ", on the cards on which both ran." : ".") + ranking.remainder();
        String figures = metric + " " + EstimateWords.of(duel.best())
                + (duel.told() ? ", " + EstimateWords.timesThe(duel.contrast()) + " " : " and ")
                + EstimateWords.of(duel.other()) + (duel.told() ? " of " + rival : "") + where;
        if (ranking.challenger().isPresent()) {
            return challenged(topic, ranking, ranking.challenger().get(), praise, figures);
        }
        String text;
        if (duel.told()) {
            text = best + " " + praise + ": " + figures;
        } else if (duel.apart()) {
            text = "Too few runs to tell " + best + " from " + rival + ": " + figures;
        } else {
            text = best + " and " + rival + " cannot be told apart: " + figures;
        }
        return new Answer(topic, duel.contrast().confidence(), text);
    }

    private static Answer challenged(
            Topic topic, Ranking ranking, Challenger challenger, String praise, String figures) {
        String metric = ranking.metric().label();
        boolean told = ranking.duel().filter(ArmComparison::told).isPresent();
        String first = ranking.best().name();
        String known = told ? first + ": " : first + " and " + ranking.rival().name() + ", close together: ";
        return new Answer(
                topic,
                Confidence.OPEN,
                "Which " + praise + " is not known. Of those whose " + metric + " is known, " + known + figures
                        + " But " + challenger.words(ranking.metric(), ranking.best()) + ".");
    }
}
