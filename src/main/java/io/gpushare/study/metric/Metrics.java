package io.gpushare.study.metric;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gpushare.reading.GpuMetric;
import io.gpushare.study.metric.Metric.Better;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The metrics of a study; what they are called and mean stands in {@code metrics.json}. */
public final class Metrics {
    private static final Map<String, Described> ALL = read();

    public static final Metric STP = of("stp");
    /** Of runs whose tenants all do the same; its unit is theirs. */
    public static final Metric THROUGHPUT = of("throughput_units_per_sec");

    public static final Metric ANTT = of("antt");
    public static final Metric FAIRNESS = of("fairness");
    public static final Metric JAIN = of("jain");
    public static final Metric WORST_SLOWDOWN = of("worst_slowdown");
    public static final Metric WORST_P99_SLOWDOWN = of("worst_p99_slowdown");
    /** Where there are too few latencies for the 99th: a starving tenant has few. */
    public static final Metric WORST_P90_SLOWDOWN = of("worst_p90_slowdown");

    public static final Metric SUCCESS = of("success_rate");
    public static final Metric MEAN_POWER = of("mean_power_w");
    public static final Metric JOULES_PER_UNIT = of("joules_per_unit");
    public static final Metric ENERGY_AGAINST_ALONE = of("energy_against_alone");
    public static final Metric COST = of("cost_per_million_units");
    public static final Metric GPU_TIME_AGAINST_ALONE = of("gpu_time_against_alone");
    public static final Metric GPUS_SAVED = of("gpus_saved");
    public static final Metric GPU_BUSY = of("gpu_busy");
    public static final Metric SM_ACTIVE = of(GpuMetric.SM_ACTIVE_PERCENT);
    public static final Metric SLO_ATTAINMENT = of("slo_attainment");

    public static final Metric REQUESTS_DUE = of("requests_due_per_sec");
    public static final Metric REQUESTS_ANSWERED = of("requests_answered_per_sec");
    public static final Metric REQUESTS_FAILED = of("requests_failed_share");
    public static final Metric REQUEST_P50 = of("request_p50_ms");
    public static final Metric REQUEST_P99 = of("request_p99_ms");
    public static final Metric GOODPUT_SHARE = of("goodput_share");
    public static final Metric JOULES_PER_REQUEST = of("joules_per_request");

    public static final Metric RATE = of("tenant_units_per_sec");
    public static final Metric SLOWDOWN = of("slowdown");
    public static final Metric OVERHEAD = of("overhead_percent");
    public static final Metric START_UP = of("start_up_s");
    public static final Metric P50 = of("p50_ms");
    public static final Metric P90 = of("p90_ms");
    public static final Metric P99 = of("p99_ms");
    public static final Metric P99_SLOWDOWN = of("p99_slowdown");
    public static final Metric GOODPUT = of("goodput_units_per_sec");
    public static final Metric VARIANT_ATTAINMENT = of("attainment");
    public static final Metric MODELLED_JOULES = of("modelled_joules_per_unit");

    /** What says something only as far as the baselines do. */
    static final Set<String> AGAINST_ALONE = keys(Described::againstAlone);

    /** What says how long single steps took, or how many of them kept a bound. */
    static final Set<String> OF_STEPS = keys(Described::ofSteps);

    /**
     * What differs between cards of one model, and between their hosts. The others are against each run's own
     * baseline.
     */
    static final Set<String> OF_CARDS = keys(Described::ofCards);

    private Metrics() {}

    private record Described(
            String label,
            String unit,
            Better better,
            String definition,
            boolean againstAlone,
            boolean ofSteps,
            boolean ofCards) {}

    private static Map<String, Described> read() {
        JsonMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (InputStream resource = Metrics.class.getResourceAsStream("metrics.json")) {
            return mapper.readValue(Objects.requireNonNull(resource), new TypeReference<>() {});
        } catch (IOException broken) {
            throw new UncheckedIOException("metrics.json cannot be read", broken);
        }
    }

    private static Metric of(String key) {
        Described metric = Objects.requireNonNull(ALL.get(key), key);
        return new Metric(key, Optional.empty(), metric.label(), metric.unit(), metric.better(), metric.definition());
    }

    private static Set<String> keys(Predicate<Described> which) {
        return ALL.entrySet().stream()
                .filter(metric -> which.test(metric.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
