package io.gpushare.study.arm;

import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.stored.StoredRun;
import java.util.Comparator;
import java.util.List;

/**
 * Which of several runs to show: the one in the middle by throughput (the lower one of two), so that no picture shows
 * the best.
 */
final class TypicalRun {
    private TypicalRun() {}

    static StoredRun of(List<StoredRun> runs) {
        List<StoredRun> ordered = runs.stream()
                .sorted(Comparator.comparingDouble(TypicalRun::progress))
                .toList();
        return ordered.get((ordered.size() - 1) / 2);
    }

    /** Of all tenants; units differ between variants, but the runs have the same ones. */
    private static double progress(StoredRun run) {
        return run.result().tenants().stream()
                .map(TenantResult::unitsPerSec)
                .flatMap(rate -> rate.asOptional().stream())
                .mapToDouble(Math::log1p)
                .sum();
    }
}
