package io.gpushare.study.metric;

import io.gpushare.results.benchmark.BaselineFit;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.text.Figure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which of the baselines of several runs fit ({@link BaselineFit}). One that a run refutes fits in no other run
 * either.
 */
public final class Baselines {
    /** One measurement of a variant alone: its rate is as good as a name. */
    private record Baseline(String card, String variant, double unitsPerSec) {}

    /** The most that a tenant made of it. */
    private final Map<Baseline, Double> refuted = new HashMap<>();

    /** @param runs that may be believed, if only as far as they do not rest on baselines */
    public static Baselines of(List<StoredRun> runs) {
        Baselines baselines = new Baselines();
        for (StoredRun run : runs) {
            BaselineFit.refuted(run.result().tenants(), run.result().baselines(), concurrent(run))
                    .forEach((variant, progress) -> of(run, variant)
                            .ifPresent(baseline -> baselines.refuted.merge(baseline, progress, Math::max)));
        }
        return baselines;
    }

    private static boolean concurrent(StoredRun run) {
        return run.result().mode().concurrent();
    }

    private static Optional<Baseline> of(StoredRun run, String variant) {
        return BaselineFit.of(variant, run.result().baselines())
                .flatMap(baseline -> baseline.alone().unitsPerSec().asOptional())
                .map(rate -> new Baseline(RunFacts.of(run).card(), variant, rate));
    }

    /** Whether nothing speaks against this run's baseline of a variant. */
    public boolean fit(StoredRun run, String variant) {
        return of(run, variant).filter(refuted::containsKey).isEmpty();
    }

    /** Whether nothing speaks against any baseline that this run is compared with. */
    public boolean fit(StoredRun run) {
        return !concurrent(run) || run.result().tenants().stream().allMatch(tenant -> fit(run, tenant.variant()));
    }

    /** What was refuted, by variant, in words. */
    public Optional<String> words(List<StoredRun> runs) {
        long without = runs.stream().filter(run -> !fit(run)).count();
        if (without == 0) {
            return Optional.empty();
        }
        Map<String, Double> worst = new TreeMap<>();
        refuted.forEach((baseline, progress) -> worst.merge(baseline.variant(), progress, Math::max));
        List<String> variants = worst.entrySet().stream()
                .map(entry -> entry.getKey() + " (a tenant that shared did " + Figure.of(entry.getValue())
                        + " times as much)")
                .toList();
        return Optional.of("Baselines that do not fit: " + String.join(", ", variants) + ". "
                + "What rests on them (STP, slowdown, fairness) is left out of " + without + " of "
                + runs.size() + " runs.");
    }
}
