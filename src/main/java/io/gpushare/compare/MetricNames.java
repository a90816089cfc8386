package io.gpushare.compare;

import io.gpushare.study.metric.Metric;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The names by which people call metrics: a key, a key without its unit, or a short word. */
final class MetricNames {
    private static final Pattern UNIT = Pattern.compile(
            "_(ms|us|ns|s|w|j|mhz|percent|bytes|joules|per_sec|units_per_sec|samples_per_sec|per_unit)$");

    /** Keys without their unit. What a run has none of is looked for in its tenants. */
    private static final Map<String, Set<String>> WORDS = new TreeMap<>(Map.ofEntries(
            Map.entry("p50", Set.of("p50", "latency_p50")),
            Map.entry("median", Set.of("p50", "latency_p50")),
            Map.entry("p90", Set.of("p90", "latency_p90")),
            Map.entry("p95", Set.of("p95", "latency_p95")),
            Map.entry("p99", Set.of("p99", "latency_p99")),
            Map.entry("stp", Set.of("stp")),
            Map.entry("antt", Set.of("antt")),
            Map.entry("throughput", Set.of("throughput", "tenant", "request_throughput")),
            Map.entry("fairness", Set.of("fairness")),
            Map.entry("jain", Set.of("jain")),
            Map.entry("slowdown", Set.of("slowdown")),
            Map.entry("p99_slowdown", Set.of("p99_slowdown")),
            Map.entry("energy", Set.of("joules", "energy", "joules_per_unit")),
            Map.entry("cost", Set.of("cost", "cost_per_million_units")),
            Map.entry("efficiency", Set.of("efficiency", "gpu_busy")),
            Map.entry("worst_slowdown", Set.of("worst_slowdown")),
            Map.entry("worst_p99_slowdown", Set.of("worst_p99_slowdown")),
            Map.entry("attainment", Set.of("attainment", "slo_attainment")),
            Map.entry("success", Set.of("success_rate")),
            Map.entry("power", Set.of("power", "mean_power")),
            Map.entry("goodput", Set.of("goodput")),
            Map.entry("duration", Set.of("duration"))));

    private MetricNames() {}

    /** Those that mean something whatever is compared. */
    static Set<String> words() {
        return WORDS.keySet();
    }

    static boolean isWord(String name) {
        return WORDS.containsKey(normal(name));
    }

    static boolean means(String name, Metric metric) {
        String wanted = normal(name);
        String key = normal(metric.key());
        String bare = bare(key);
        return wanted.equals(key)
                || wanted.equals(bare)
                || WORDS.getOrDefault(wanted, Set.of()).contains(bare);
    }

    /** Whether the name is one of those that end with the metric's unit: {@code p99_ms}. */
    static boolean saysUnit(String name, Metric metric) {
        return normal(name).endsWith("_" + metric.unit());
    }

    private static String bare(String key) {
        return UNIT.matcher(key).replaceFirst("");
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
