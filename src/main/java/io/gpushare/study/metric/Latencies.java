package io.gpushare.study.metric;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.results.stored.StoredRun;
import java.util.List;
import java.util.Optional;

/** Latencies of all tenants of a variant together. */
public final class Latencies {
    private static final double NANOS_PER_MS = 1e6;

    private Latencies() {}

    public static LatencyCounts of(List<StoredRun> runs, String variant) {
        return runs.stream().map(run -> run.latencies(variant)).reduce(LatencyCounts.NONE, LatencyCounts::plus);
    }

    static Optional<Double> shareWithin(LatencyCounts counts, double boundMs) {
        long count = counts.count();
        return count == 0
                ? Optional.empty()
                : Optional.of(1 - (double) counts.countAbove(boundMs * NANOS_PER_MS) / count);
    }
}
