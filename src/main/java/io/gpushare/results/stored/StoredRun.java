package io.gpushare.results.stored;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A run as analysis needs it: its windows are added up, because a thousand runs would not fit into memory with them.
 *
 * @param result whose tenants and baselines have no windows
 * @param saidVerdict as it stands in its file, where the run was judged anew ({@link
 *     io.gpushare.results.benchmark.JudgedAnew})
 * @param latencies of each tenant, by its number, over the windows that count; none where a workload has no latencies
 * @param alone likewise of each baseline, by its variant
 */
public record StoredRun(
        Path file,
        Origin origin,
        RunResult result,
        Optional<Verdict> saidVerdict,
        Map<Integer, LatencyCounts> latencies,
        Map<String, LatencyCounts> alone) {
    public StoredRun {
        latencies = Map.copyOf(latencies);
        alone = Map.copyOf(alone);
    }

    /** Of a run that is taken as its file, or its journal, says. */
    public StoredRun(
            Path file,
            Origin origin,
            RunResult result,
            Map<Integer, LatencyCounts> latencies,
            Map<String, LatencyCounts> alone) {
        this(file, origin, result, Optional.empty(), latencies, alone);
    }

    /** Which file, beside that of the run, holds its samples; empty where there is none. */
    public String samplesName() {
        return result.sampling().path("file").asText("");
    }

    /** Of all tenants of a variant together. */
    public LatencyCounts latencies(String variant) {
        return result.tenants().stream()
                .filter(tenant -> tenant.variant().equals(variant))
                .map(tenant -> latencies.getOrDefault(tenant.number(), LatencyCounts.NONE))
                .reduce(LatencyCounts.NONE, LatencyCounts::plus);
    }
}
