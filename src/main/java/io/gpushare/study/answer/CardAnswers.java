package io.gpushare.study.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.analysis.MeanInterval;
import io.gpushare.analysis.Median;
import io.gpushare.analysis.StandingOut;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.CommonCards;
import io.gpushare.study.arm.MixKey;
import io.gpushare.study.arm.MixStudy.VariantCount;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Contrast;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.RunFacts;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether cards of one model do the same: of many, which are not of a kind with the others; of a few, whether the
 * slowest is shown to be slower than the fastest. A card is compared in what all did, arm by arm.
 */
final class CardAnswers {
    /** A difference that is shown and smaller than this is nobody's trouble. */
    private static final double MATTERS = 0.02;

    private final MixKey mix;
    private final StudyOptions options;

    CardAnswers(MixKey mix, StudyOptions options) {
        this.mix = mix;
        this.options = options;
    }

    /** What each card did in one arm: by the card's identifier. */
    private record Race(Metric metric, Map<String, Estimate> byCard) {
        int runs() {
            return byCard.values().stream().mapToInt(Estimate::n).sum();
        }

        /** The fastest against the slowest. */
        double apart() {
            DoubleSummaryStatistics means =
                    byCard.values().stream().mapToDouble(Estimate::mean).summaryStatistics();
            return means.getMax() / means.getMin();
        }

        double middle() {
            return Median.of(byCard.values().stream().map(Estimate::mean).toList());
        }
    }

    Optional<Answer> of(List<Arm> arms) {
        List<Race> races = new ArrayList<>();
        for (Arm arm : arms) {
            Set<String> cards = arm.cards();
            for (VariantCount variant : mix.counts()) {
                Map<String, Estimate> byCard = new TreeMap<>();
                Metric rate = Metrics.RATE.of(variant.variant());
                cards.forEach(card -> CommonCards.estimate(rate, arm, Set.of(card), options)
                        .filter(estimate -> estimate.mean() > 0)
                        .ifPresent(estimate -> byCard.put(card, estimate)));
                if (byCard.size() > 1) {
                    races.add(new Race(rate, byCard));
                }
            }
        }
        List<Card> cards = cards(races);
        Map<String, String> names = names(arms);
        return cards.size() < StandingOut.FEWEST ? few(races, names) : Optional.of(many(cards, names));
    }

    /** @param speed against the middle one of each race: the geometric mean over its races */
    private record Card(String id, double speed) {
        boolean differs() {
            return Math.abs(speed - 1) >= MATTERS;
        }
    }

    private static List<Card> cards(List<Race> races) {
        Map<String, List<Double>> logarithms = new TreeMap<>();
        for (Race race : races) {
            double middle = race.middle();
            race.byCard()
                    .forEach((card, estimate) -> logarithms
                            .computeIfAbsent(card, _ -> new ArrayList<>())
                            .add(Math.log(estimate.mean() / middle)));
        }
        return logarithms.entrySet().stream()
                .map(entry -> new Card(
                        entry.getKey(),
                        Math.exp(MeanInterval.of(entry.getValue()).mean())))
                .toList();
    }

    /** The cards of one host are known by their numbers. */
    private static Map<String, String> names(List<Arm> arms) {
        Map<String, String> names = new HashMap<>();
        Map<String, String> numbers = new HashMap<>();
        Set<String> hosts = new HashSet<>();
        for (Arm arm : arms) {
            for (StoredRun run : arm.runs()) {
                RunFacts facts = RunFacts.of(run);
                hosts.add(facts.host());
                // Where there is no GPU, it is the nodes themselves that are compared.
                String where = facts.hostName()
                        .filter(host -> !host.equals(facts.card()))
                        .map(host -> " on " + host)
                        .orElse("");
                names.put(facts.card(), facts.card() + where);
                JsonNode index = run.result().environment().path("gpus").path(0).path("index");
                if (index.isInt()) {
                    numbers.put(facts.card(), "GPU " + index.intValue());
                }
            }
        }
        boolean told = hosts.size() == 1 && new HashSet<>(numbers.values()).size() == names.size();
        return told ? numbers : names;
    }

    private static Answer many(List<Card> cards, Map<String, String> names) {
        Set<Integer> apart = StandingOut.of(
                cards.stream().map(card -> Math.log(card.speed())).toList());
        List<Card> odd = apart.stream()
                .map(cards::get)
                .filter(Card::differs)
                .sorted(Comparator.comparingDouble(Card::speed))
                .toList();
        double deviation = MeanInterval.of(cards.stream()
                        .filter(card -> !odd.contains(card))
                        .map(Card::speed)
                        .toList())
                .spread()
                .orElseThrow()
                .standardDeviation();
        String alike = "differ by " + Figure.percent(deviation) + " (standard deviation)";
        if (odd.isEmpty()) {
            return new Answer(
                    Topic.CARDS,
                    Confidence.FACT,
                    "None of the " + cards.size() + " cards stands out; they " + alike + ".");
        }
        String told = odd.stream()
                .map(card -> names.get(card.id()) + " does " + lessOrMore(card.speed()))
                .collect(Collectors.joining(", "));
        return new Answer(
                Topic.CARDS,
                Confidence.SHOWN,
                odd.size() + " of " + cards.size() + " cards " + (odd.size() == 1 ? "stands" : "stand") + " out: "
                        + told + " than the middle one. The others " + alike + ".");
    }

    private static String lessOrMore(double speed) {
        return Figure.percent(Math.abs(speed - 1)) + (speed < 1 ? " less" : " more");
    }

    /** By the race with most runs; of several, by the one in which they lie farthest apart. */
    private Optional<Answer> few(List<Race> races, Map<String, String> names) {
        return races.stream()
                .max(Comparator.comparingInt(Race::runs).thenComparingDouble(Race::apart))
                .flatMap(race -> slowest(race, names));
    }

    /** Where tenants do different things. */
    private String inWhat(Race race) {
        return mix.counts().size() == 1
                ? ""
                : race.metric().variant().map(variant -> "in " + variant + " ").orElse("");
    }

    private Optional<Answer> slowest(Race race, Map<String, String> names) {
        Comparator<Map.Entry<String, Estimate>> byMean =
                Comparator.comparingDouble(entry -> entry.getValue().mean());
        Map.Entry<String, Estimate> slow =
                race.byCard().entrySet().stream().min(byMean).orElseThrow();
        Map.Entry<String, Estimate> fast =
                race.byCard().entrySet().stream().max(byMean).orElseThrow();
        Contrast contrast = Contrast.of(fast.getValue(), slow.getValue(), options.seed());
        if (contrast.confidence() == Confidence.OPEN || 1 - contrast.ratio() < MATTERS) {
            return Optional.empty();
        }
        return Optional.of(new Answer(
                Topic.CARDS,
                contrast.confidence(),
                names.get(slow.getKey()) + " does " + Figure.percent(1 - contrast.ratio()) + " less "
                        + inWhat(race) + "than " + names.get(fast.getKey()) + " (n = "
                        + slow.getValue().n() + " and "
                        + fast.getValue().n() + ")."));
    }
}
