package io.gpushare.study;

import io.gpushare.analysis.Stability;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.reading.StoredRun;
import io.gpushare.study.MixStudy.VariantCount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which baselines fit. A tenant that works as fast as it can does not do more beside others than alone: where one did, by more than
 * steady windows differ, its baseline was measured while something held it back, and whatever is compared with that baseline, in
 * this run or another, says nothing. Of one that waits for somebody, more bursts are chance, and refute nothing.
 */
final class Baselines {
    private static final double MOST_PROGRESS = 1 + Stability.TOLERANCE_PERCENT / 100;

    /** One measurement of a variant alone: its rate is as good as a name. */
    private record Baseline(String card, String variant, double unitsPerSec) {}

    /** The most that a tenant made of it. */
    private final Map<Baseline, Double> refuted = new HashMap<>();

    static Baselines of(List<StoredRun> runs) {
        Baselines baselines = new Baselines();
        for (StoredRun run : runs) {
            if (!run.result().mode().equals("exclusive")) {
                for (TenantResult tenant : run.result().tenants()) {
                    if (VariantCount.waits(tenant.kind())) {
                        continue;
                    }
                    tenant.normalisedProgress()
                            .asOptional()
                            .filter(progress -> progress > MOST_PROGRESS)
                            .ifPresent(progress -> of(run, tenant.variant())
                                    .ifPresent(baseline -> baselines.refuted.merge(baseline, progress, Math::max)));
                }
            }
        }
        return baselines;
    }

    private static Optional<Baseline> of(StoredRun run, String variant) {
        return run.result().baselines().stream()
                .filter(baseline -> baseline.variant().equals(variant))
                .flatMap(baseline -> baseline.alone().unitsPerSec().asOptional().stream())
                .findFirst()
                .map(rate -> new Baseline(RunFacts.of(run).card(), variant, rate));
    }

    /** Whether nothing speaks against this run's baseline of a variant. */
    boolean fit(StoredRun run, String variant) {
        return of(run, variant).filter(refuted::containsKey).isEmpty();
    }

    /** Whether nothing speaks against any baseline that this run is compared with. */
    boolean fit(StoredRun run) {
        return run.result().mode().equals("exclusive")
                || run.result().tenants().stream().allMatch(tenant -> fit(run, tenant.variant()));
    }

    /** What was refuted, by variant, in words. */
    Optional<String> words(List<StoredRun> runs) {
        if (refuted.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Double> worst = new TreeMap<>();
        refuted.forEach((baseline, progress) -> worst.merge(baseline.variant(), progress, Math::max));
        List<String> variants = worst.entrySet().stream()
                .map(entry -> entry.getKey() + " (a tenant that shared did " + Figures.of(entry.getValue())
                        + " times as much)")
                .toList();
        long without = runs.stream().filter(run -> !fit(run)).count();
        return Optional.of("Baselines that do not fit: " + String.join(", ", variants) + ". "
                + "What rests on them (STP, slowdown, fairness) is left out of " + without + " of "
                + runs.size() + " runs.");
    }
}
