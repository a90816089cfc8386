package io.gpushare.study;

import io.gpushare.cores.Pin;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.answer.BurnerAnswers;
import io.gpushare.study.answer.ScalingAnswers;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.Arms;
import io.gpushare.study.arm.CommonCards;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.MixStudy.VariantCount;
import io.gpushare.study.arm.ScalingCurve;
import io.gpushare.study.arm.ScalingCurve.Point;
import io.gpushare.study.metric.Baselines;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.StudyOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the mixes of a family say over the number of tenants. */
final class FamilyStudy {
    private final List<MixStudy> mixes;
    private final Baselines baselines;
    private final StudyOptions options;
    /**
     * Then rates are drawn, which are comparable on the same card only; else STP, which is against each run's own
     * baseline.
     */
    private final boolean alike;

    private FamilyStudy(List<MixStudy> mixes, Baselines baselines, StudyOptions options) {
        this.mixes = mixes;
        this.baselines = baselines;
        this.options = options;
        this.alike = mixes.getFirst().counts().size() == 1;
    }

    static Family of(String name, List<MixStudy> mixes, Baselines baselines, StudyOptions options) {
        Map<String, ScalingCurve> curves = new FamilyStudy(mixes, baselines, options).curves();
        List<Answer> answers = new ArrayList<>(ScalingAnswers.of(name, mixes, curves, options));
        answers.addAll(BurnerAnswers.of(name, mixes, options));
        curves.values().removeIf(curve -> curve.points().size() < 2);
        return new Family(name, mixes, curves, answers);
    }

    private Metric metric() {
        return alike ? Metrics.THROUGHPUT : Metrics.STP;
    }

    /**
     * Of arms that share: one after another, more tenants change nothing. One that has too few points to draw tells
     * why. Servers that are asked by the clock have none: more of them answer more because they are asked more.
     */
    private Map<String, ScalingCurve> curves() {
        if (mixes.stream().flatMap(mix -> mix.counts().stream()).anyMatch(VariantCount::isOpenServer)) {
            return new LinkedHashMap<>();
        }
        Map<ArmKey, SortedMap<Integer, Arm>> byArm = new TreeMap<>();
        for (MixStudy mix : mixes) {
            for (Arm arm : mix.arms()) {
                if (arm.key().mode().concurrent() && arm.estimate(metric()).isPresent() && mix.tenants() > 1) {
                    byArm.computeIfAbsent(arm.key(), _ -> new TreeMap<>()).put(mix.tenants(), arm);
                }
            }
        }
        joinWhatTheHostDivided(byArm);
        Map<String, ScalingCurve> curves = new LinkedHashMap<>();
        byArm.forEach((key, arms) -> {
            ScalingCurve curve = curve(key, arms);
            if (curve.points().size() > 1 || !curve.elsewhere().isEmpty()) {
                curves.put(arms.firstEntry().getValue().name(), curve);
            }
        });
        return curves;
    }

    /**
     * More tenants may have fewer cores each, where the host has no more. That is one way of sharing, of whose tenants
     * each has what there is: where no number of tenants was run with both, it is drawn as one.
     */
    private static void joinWhatTheHostDivided(Map<ArmKey, SortedMap<Integer, Arm>> byArm) {
        List<ArmKey> keys = new ArrayList<>(byArm.keySet());
        for (ArmKey fewer : keys) {
            for (ArmKey more : keys) {
                SortedMap<Integer, Arm> few = byArm.get(fewer);
                SortedMap<Integer, Arm> many = byArm.get(more);
                if (few != null
                        && many != null
                        && fewer.coresPerTenant() < more.coresPerTenant()
                        && fewer.withCores(more.coresPerTenant()).equals(more)
                        && few.firstKey() > many.lastKey()
                        && Stream.concat(few.values().stream(), many.values().stream())
                                .allMatch(FamilyStudy::hasWhatThereIs)) {
                    many.putAll(few);
                    byArm.remove(fewer);
                }
            }
        }
    }

    private static boolean hasWhatThereIs(Arm arm) {
        return arm.runs().stream().allMatch(run -> run.result().plan().pin() instanceof Pin.Auto);
    }

    private ScalingCurve curve(ArmKey key, SortedMap<Integer, Arm> arms) {
        Map<String, Set<Double>> alone = alike ? aloneByCard() : Map.of();
        Set<String> cards = alike ? sameCards(arms, alone) : Set.of();
        List<Point> points = new ArrayList<>();
        List<Integer> elsewhere = new ArrayList<>();
        arms.forEach((tenants, arm) -> throughput(arm, cards)
                .ifPresentOrElse(
                        throughput -> points.add(
                                new Point(tenants, throughput, arm.key().coresPerTenant())),
                        () -> elsewhere.add(tenants)));
        List<Double> rates = cards.stream()
                .sorted()
                .flatMap(card -> alone.getOrDefault(card, Set.of()).stream())
                .distinct()
                .toList();
        if (!rates.isEmpty()) {
            Metric metric = points.getFirst().throughput().metric();
            points.addFirst(new Point(1, Arms.estimate(metric, rates, options.seed()), key.coresPerTenant()));
        }
        return new ScalingCurve(key, points, cards, elsewhere);
    }

    private Optional<Estimate> throughput(Arm arm, Set<String> cards) {
        return alike ? CommonCards.estimate(metric(), arm, cards, options) : arm.estimate(metric());
    }

    /**
     * Those on which the most numbers of tenants were run, one alone among them; the most runs decide between several.
     */
    private static Set<String> sameCards(SortedMap<Integer, Arm> arms, Map<String, Set<Double>> alone) {
        Map<String, Set<Integer>> tenantsByCard = new TreeMap<>();
        Map<String, Long> runs = new TreeMap<>();
        arms.forEach((tenants, arm) -> arm.runs().forEach(run -> {
            tenantsByCard
                    .computeIfAbsent(CommonCards.of(run), _ -> new TreeSet<>())
                    .add(tenants);
            runs.merge(CommonCards.of(run), 1L, Long::sum);
        }));
        tenantsByCard.forEach((card, counts) -> {
            if (alone.containsKey(card)) {
                counts.add(1);
            }
        });
        Set<Integer> most = tenantsByCard.entrySet().stream()
                .max(Comparator.comparingInt((Map.Entry<String, Set<Integer>> card) ->
                                card.getValue().size())
                        .thenComparing(card -> runs.getOrDefault(card.getKey(), 0L))
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getValue();
        Set<String> cards = new HashSet<>(tenantsByCard.keySet());
        cards.removeIf(card -> !tenantsByCard.getOrDefault(card, Set.of()).equals(most));
        return cards;
    }

    /** What one tenant alone did on each card: the baselines that were measured there and fit, each once. */
    private Map<String, Set<Double>> aloneByCard() {
        Map<String, Set<Double>> rates = new TreeMap<>();
        for (MixStudy mix : mixes) {
            for (Arm arm : mix.arms()) {
                for (StoredRun run : arm.runs()) {
                    run.result().baselines().stream()
                            .filter(baseline -> baselines.fit(run, baseline.variant()))
                            .flatMap(baseline -> baseline.alone().unitsPerSec().asOptional().stream())
                            .forEach(rate -> rates.computeIfAbsent(CommonCards.of(run), _ -> new TreeSet<>())
                                    .add(rate));
                }
            }
        }
        return rates;
    }
}
