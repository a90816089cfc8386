package io.gpushare.cli.bench;

import io.gpushare.analysis.MeanInterval;
import io.gpushare.results.benchmark.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A number that each repetition has, and that is worth a mean.
 *
 * @param name in answers, with its unit
 * @param label in tables
 */
record RepetitionMetric(String name, String label, Function<RunResult, Optional<Double>> of) {

    private static final String SYSTEM_THROUGHPUT = "stp";

    boolean isSystemThroughput() {
        return name.equals(SYSTEM_THROUGHPUT);
    }

    /** Those that these runs have. */
    static List<RepetitionMetric> of(List<RunResult> results) {
        List<RepetitionMetric> metrics = new ArrayList<>();
        metrics.add(new RepetitionMetric(
                SYSTEM_THROUGHPUT, "STP", result -> result.metrics().stp().asOptional()));
        metrics.add(new RepetitionMetric(
                "antt", "ANTT", result -> result.metrics().antt().asOptional()));
        metrics.add(new RepetitionMetric(
                "fairness", "Fairness", result -> result.metrics().fairness().asOptional()));
        metrics.add(new RepetitionMetric(
                "jain", "Jain", result -> result.metrics().jain().asOptional()));
        TreeSet<String> units = new TreeSet<>();
        results.forEach(result -> units.addAll(result.metrics().unitsPerSec().keySet()));
        units.forEach(unit -> metrics.add(new RepetitionMetric(
                unit + "s_per_sec",
                unit + "s/s",
                result -> Optional.ofNullable(result.metrics().unitsPerSec().get(unit)))));
        metrics.add(new RepetitionMetric(
                "joules_per_unit",
                "J/unit",
                result -> result.metrics().joulesPerUnit().asOptional()));
        return metrics.stream()
                .filter(metric ->
                        results.stream().anyMatch(result -> metric.value(result).isPresent()))
                .toList();
    }

    Optional<Double> value(RunResult result) {
        return of.apply(result).filter(Double::isFinite);
    }

    /** Over the valid runs that have the metric. */
    static Map<RepetitionMetric, MeanInterval> means(List<RunResult> results) {
        List<RunResult> valid =
                results.stream().filter(result -> result.verdict().valid()).toList();
        Map<RepetitionMetric, MeanInterval> means = new LinkedHashMap<>();
        for (RepetitionMetric metric : of(valid)) {
            means.put(
                    metric,
                    MeanInterval.of(valid.stream()
                            .flatMap(result -> metric.value(result).stream())
                            .toList()));
        }
        return means;
    }
}
