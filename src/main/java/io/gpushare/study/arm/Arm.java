package io.gpushare.study.arm;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs of one mix in one way of sharing.
 *
 * @param name how a reader tells it from the arms beside it
 * @param runs that count, in the order of their start; never empty
 * @param leftOut INVALID ones
 * @param estimates by {@link Metric#id()}, in the order in which a report lists them
 * @param latencies of each variant, over all its tenants and runs
 */
public record Arm(
        ArmKey key,
        String name,
        List<StoredRun> runs,
        List<StoredRun> leftOut,
        Map<String, Estimate> estimates,
        Map<String, LatencyCounts> latencies) {
    public Arm {
        runs = List.copyOf(runs);
        leftOut = List.copyOf(leftOut);
        estimates = Collections.unmodifiableMap(new LinkedHashMap<>(estimates));
        latencies = Collections.unmodifiableMap(new LinkedHashMap<>(latencies));
    }

    public Optional<Estimate> estimate(Metric metric) {
        return estimate(metric.id());
    }

    public Optional<Estimate> estimate(String metricId) {
        return Optional.ofNullable(estimates.get(metricId));
    }

    public OptionalDouble mean(Metric metric) {
        return estimate(metric).stream().mapToDouble(Estimate::mean).findFirst();
    }

    /** How many runs tell of the work done: those with baselines that fit, where there are any. */
    public int tellingRuns() {
        return estimate(Metrics.STP.id()).map(Estimate::n).orElse(runs.size());
    }

    /** On which it ran. */
    public Set<String> cards() {
        return runs.stream().map(CommonCards::of).collect(Collectors.toSet());
    }

    /**
     * The run to show when one is to be shown: the one in the middle by throughput (the lower one of two), so that no
     * picture shows the best.
     */
    public StoredRun typical() {
        List<StoredRun> ordered =
                runs.stream().sorted(Comparator.comparingDouble(Arm::progress)).toList();
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
