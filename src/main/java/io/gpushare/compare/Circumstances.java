package io.gpushare.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.cores.OwnCores;
import io.gpushare.reading.GpuMetric;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.text.Durations;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Under what runs were made, as far as it can change their numbers.
 *
 * @param facts values by what they are of: {@code driver}, {@code image of resnet-infer}; several where the runs differ
 * @param smClockMhz mean over the runs
 */
public record Circumstances(Map<String, SortedSet<String>> facts, OptionalDouble smClockMhz) {
    public static final Circumstances UNKNOWN = new Circumstances(Map.of(), OptionalDouble.empty());

    private static final int DIGEST_DIGITS = 12;

    public Circumstances {
        Map<String, SortedSet<String>> copy = new LinkedHashMap<>();
        facts.forEach((what, values) -> copy.put(what, Collections.unmodifiableSortedSet(new TreeSet<>(values))));
        facts = Collections.unmodifiableMap(copy);
    }

    public static Circumstances of(List<RunResult> runs) {
        Facts facts = new Facts();
        runs.forEach(run -> add(facts, run));
        return new Circumstances(
                facts.values,
                runs.stream()
                        .flatMap(run -> run.gpu().asOptional().stream())
                        .flatMap(gpu -> gpu.levels(GpuMetric.SM_CLOCK_MHZ).stream())
                        .mapToDouble(GpuUse.Levels::mean)
                        .average());
    }

    /** What is not said is no fact: two sides differ only in what both say. */
    private static final class Facts {
        private final Map<String, SortedSet<String>> values = new LinkedHashMap<>();

        void add(String what, JsonNode value) {
            if (value.isValueNode() && !value.isNull()) {
                add(what, value.asText());
            }
        }

        void add(String what, String value) {
            if (!value.isBlank()) {
                values.computeIfAbsent(what, _ -> new TreeSet<>()).add(value);
            }
        }
    }

    private static void add(Facts facts, RunResult run) {
        JsonNode environment = run.environment();
        for (JsonNode gpu : environment.path("gpus")) {
            facts.add("GPU", gpu.path("name"));
            facts.add("card", gpu.path("uuid"));
            if (gpu.path("power_limit_w").isNumber()) {
                facts.add("power limit", gpu.path("power_limit_w").asInt() + " W");
            }
        }
        facts.add("driver", environment.path("driver").path("driver_version"));
        facts.add("CUDA version", environment.path("driver").path("cuda_version"));
        JsonNode host = environment.path("host");
        facts.add("host's processor", host.path("cpu_model"));
        if (host.path("cpu_count").isNumber()) {
            facts.add("number of the host's cores", host.path("cpu_count"));
        }
        if (environment.has("cores")) {
            facts.add("cores of a tenant", OwnCores.words(run.coresPerTenant()));
        }
        facts.add("runtime", run.plan().document().path("runtime"));
        run.plan().duration().ifPresent(duration -> facts.add("duration", Durations.text(duration)));
        environment
                .path("runtime")
                .path("images")
                .properties()
                .forEach(image -> facts.add(
                        "image of " + image.getKey(),
                        digest(image.getValue().path("id").asText(""))));
        environment
                .path("workloads")
                .properties()
                .forEach(workload -> facts.add(
                        "workload " + workload.getKey(),
                        digest(workload.getValue().asText(""))));
        run.tenants().forEach(tenant -> addVersions(facts, tenant));
        facts.add("version of gpushare", environment.path("tool_version"));
    }

    /** Libraries that a tenant names. */
    private static void addVersions(Facts facts, TenantResult tenant) {
        tenant.start()
                .said()
                .ifPresent(said -> said.path("versions")
                        .properties()
                        .forEach(version ->
                                facts.add(version.getKey() + " in " + tenant.workload(), version.getValue())));
    }

    private static String digest(String text) {
        int colon = text.indexOf(':') + 1;
        return text.length() > colon + DIGEST_DIGITS ? text.substring(0, colon + DIGEST_DIGITS) : text;
    }
}
