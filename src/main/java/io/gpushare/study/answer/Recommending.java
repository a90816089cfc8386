package io.gpushare.study.answer;

import io.gpushare.analysis.LatencyBound;
import io.gpushare.analysis.MannWhitney;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmComparison;
import io.gpushare.study.arm.Choice;
import io.gpushare.study.arm.Starvation;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Contrast;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.EstimateWords;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.SloText;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which way to use: of those in which nobody starves and no bound is broken, the one that does the most work; where the
 * runs cannot tell several from it, the fairest of these.
 */
final class Recommending {
    private static final int ENOUGH_RUNS = MannWhitney.leastRuns();

    private final List<Arm> sharing;
    private final List<Starvation> starvations;
    private final StudyOptions options;
    /** Arms that are out, and why. */
    private final Map<Arm, String> out = new LinkedHashMap<>();

    Recommending(List<Arm> sharing, List<Starvation> starvations, StudyOptions options) {
        this.sharing = List.copyOf(sharing);
        this.starvations = List.copyOf(starvations);
        this.options = options;
    }

    /** @param answer in whole sentences; empty where there is nothing to choose from */
    record Recommendation(Choice choice, Optional<Answer> answer) {
        static Recommendation of(
                String way, Optional<Estimate> work, Confidence confidence, String text, Optional<String> command) {
            return new Recommendation(
                    new Choice(way, work, confidence),
                    Optional.of(new Answer(Topic.RECOMMENDATION, confidence, text, command)));
        }
    }

    Recommendation recommendation() {
        sharing.forEach(arm -> objection(arm).ifPresent(why -> out.put(arm, why)));
        List<Arm> candidates =
                sharing.stream().filter(arm -> !out.containsKey(arm)).toList();
        if (sharing.size() + out.size() < 2) {
            Arm only = sharing.getFirst();
            return new Recommendation(
                    new Choice("only " + only.name(), only.estimate(Metrics.STP), Confidence.FACT), Optional.empty());
        }
        if (candidates.isEmpty()) {
            return Recommendation.of(
                    sharing.size() == 1 ? "not " + sharing.getFirst().name() : "none of what was tried",
                    Optional.empty(),
                    Confidence.FACT,
                    "None of what was tried can be recommended: " + objections() + ".",
                    starvations.stream()
                            .flatMap(starvation -> starvation.cures().stream())
                            .map(Starvation.Cure::command)
                            .findFirst());
        }
        return candidates.size() == 1 ? onlyOne(candidates.getFirst()) : best(candidates);
    }

    private Recommendation onlyOne(Arm arm) {
        Optional<Estimate> stp = arm.estimate(Metrics.STP);
        if (stp.filter(work -> work.mean() <= 1).isPresent()) {
            return doNotShare(arm, stp.get());
        }
        boolean repeated = sharing.stream().allMatch(tried -> tried.tellingRuns() >= ENOUGH_RUNS);
        String doubt = stp.map(Recommending::doubt).orElse("");
        return Recommendation.of(
                arm.name(),
                stp,
                !doubt.isEmpty() ? Confidence.OPEN : repeated ? Confidence.SHOWN : Confidence.INDICATED,
                "Use " + arm.name() + work(arm) + "." + doubt + ruledOut(),
                confirming(arm));
    }

    private Recommendation best(List<Arm> candidates) {
        Optional<Ranking> ranking = Ranking.by(List.of(Metrics.STP, Metrics.THROUGHPUT), candidates, options);
        Optional<ArmComparison> duel = ranking.flatMap(Ranking::duel);
        if (ranking.isEmpty() || duel.isEmpty()) {
            return remaining(candidates);
        }
        Ranking work = ranking.get();
        Estimate most = work.of(work.best());
        if (work.metric().equals(Metrics.STP) && most.mean() <= 1) {
            return doNotShare(work.best(), most);
        }
        List<Arm> level = work.level(options);
        Arm chosen = level.stream()
                .max(Comparator.comparingDouble(
                        arm -> arm.mean(Metrics.FAIRNESS).orElse(0)))
                .orElseThrow();
        StringBuilder text = new StringBuilder("Use " + chosen.name());
        if (level.size() > 1) {
            text.append(work(chosen))
                    .append(chosen.mean(Metrics.FAIRNESS).isPresent() ? "; it is the fairest of " : "; of ")
                    .append(names(level))
                    .append(
                            level.size() == 2
                                    ? ", neither of which is shown to do more work than the other"
                                    : ", none of which is shown to do the most work");
        } else {
            text.append(told(duel.get().best()))
                    .append(", ")
                    .append(EstimateWords.timesThe(duel.get().contrast()))
                    .append(" ")
                    .append(Figure.of(duel.get().other().mean()))
                    .append(" of ")
                    .append(work.rival().name())
                    .append(duel.get().someCards() ? ", on the cards on which both ran" : "");
        }
        String doubt = work.metric().equals(Metrics.STP) ? doubt(work.of(chosen)) : "";
        text.append('.')
                .append(doubt)
                .append(price(chosen, candidates))
                .append(work.remainder())
                .append(work.challenger()
                        .map(other ->
                                " Whether another does more is open: " + other.words(work.metric(), work.best()) + ".")
                        .orElse(""))
                .append(ruledOut());
        boolean open = level.size() > 1 || !doubt.isEmpty() || work.challenger().isPresent();
        return Recommendation.of(
                chosen.name(),
                chosen.estimate(Metrics.STP),
                open ? Confidence.OPEN : duel.get().contrast().confidence(),
                text.toString(),
                work.challenger().flatMap(other -> measuredAgain(other.arm())).or(() -> confirming(chosen)));
    }

    private Recommendation doNotShare(Arm best, Estimate stp) {
        Confidence confidence = Contrast.againstOne(stp);
        String text = confidence == Confidence.OPEN
                ? "The runs show no gain from sharing: the most work is done with " + best.name() + ", STP "
                        + EstimateWords.of(stp) + ", and one tenant after another has 1."
                : "Do not share: even " + best.name() + " does less than one tenant after another, STP "
                        + EstimateWords.of(stp) + ".";
        String way = confidence == Confidence.OPEN ? "no gain from sharing" : Choice.DO_NOT_SHARE;
        return Recommendation.of(way, Optional.of(stp), confidence, text + ruledOut(), confirming(best));
    }

    /** A sentence, where it is not certain that sharing does more than no sharing. */
    private static String doubt(Estimate stp) {
        return Contrast.againstOne(stp) == Confidence.OPEN
                ? " Whether that is more than one tenant after another does (STP 1) cannot be told."
                : "";
    }

    private String ruledOut() {
        return out.isEmpty() ? "" : " Ruled out: " + objections() + ".";
    }

    /** Recommends nothing where the rest cannot be ranked, and answers only if something was ruled out. */
    private Recommendation remaining(List<Arm> candidates) {
        Choice choice = new Choice("not comparable", Optional.empty(), Confidence.OPEN);
        if (out.isEmpty()) {
            return new Recommendation(choice, Optional.empty());
        }
        return new Recommendation(
                choice,
                Optional.of(new Answer(
                        Topic.RECOMMENDATION,
                        Confidence.OPEN,
                        "Ruled out: " + objections() + ". Among " + names(candidates)
                                + " the runs do not tell: no baseline, or no card, that they have in common.")));
    }

    /** Says what the choice costs in latency, where it costs something. */
    private String price(Arm chosen, List<Arm> candidates) {
        List<Arm> known = candidates.stream()
                .filter(arm -> arm.mean(Metrics.WORST_P99_SLOWDOWN).isPresent())
                .toList();
        if (!known.contains(chosen) || known.size() < 2) {
            return "";
        }
        Arm shortest = known.stream()
                .min(Comparator.comparingDouble(
                        arm -> arm.mean(Metrics.WORST_P99_SLOWDOWN).orElseThrow()))
                .orElseThrow();
        Estimate theirs = shortest.estimate(Metrics.WORST_P99_SLOWDOWN).orElseThrow();
        Estimate ours = chosen.estimate(Metrics.WORST_P99_SLOWDOWN).orElseThrow();
        if (shortest.equals(chosen) || Contrast.of(theirs, ours, options.seed()).confidence() == Confidence.OPEN) {
            return "";
        }
        return " It costs latency: the worst p99 is " + Figure.of(ours.mean()) + " times that alone, with "
                + shortest.name() + " " + Figure.of(theirs.mean()) + ".";
    }

    private Optional<String> objection(Arm arm) {
        Optional<Starvation> starvation = starvations.stream()
                .filter(found -> found.arm().equals(arm.key()))
                .findFirst();
        if (starvation.isPresent()) {
            return Optional.of(starvation.get().victim() + " starves under " + arm.name() + " (slowed "
                    + Figure.of(starvation.get().slowdown()) + " times)");
        }
        return options.slos().stream()
                .filter(slo -> SloAnswers.judged(arm, slo)
                        .filter(bound -> bound instanceof LatencyBound.Broken)
                        .isPresent())
                .map(slo -> arm.name() + " breaks " + SloText.words(slo))
                .findFirst();
    }

    private String objections() {
        return String.join("; ", out.values());
    }

    private static String work(Arm arm) {
        return arm.estimate(Metrics.STP)
                .or(() -> arm.estimate(Metrics.THROUGHPUT))
                .map(Recommending::told)
                .orElse("");
    }

    private static String told(Estimate estimate) {
        return ": " + estimate.metric().label() + " " + EstimateWords.of(estimate);
    }

    /** The command that measures an arm again where there are too few runs to build on. */
    private static Optional<String> confirming(Arm arm) {
        return arm.tellingRuns() >= ENOUGH_RUNS ? Optional.empty() : measuredAgain(arm);
    }

    private static Optional<String> measuredAgain(Arm arm) {
        return BenchLine.of(arm.typical().result())
                .map(line -> line.repeated(BenchLine.REPEATS).text());
    }

    private static String names(List<Arm> arms) {
        return Amount.list(arms.stream().map(Arm::name).toList());
    }
}
