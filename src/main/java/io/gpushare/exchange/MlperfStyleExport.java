package io.gpushare.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.EarlyStopping;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.failure.GpushareException;
import io.gpushare.load.scenario.ScenarioResult;
import io.gpushare.load.written.ScenarioJson;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Family;
import io.gpushare.study.Section;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.MixStudy.VariantCount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Runs in the plain JSON of simple GPU benchmarks: one benchmark for each run and variant. Its scenario says who shared
 * the GPU and how; its throughput is that of all the variant's tenants together, its latencies are over all their
 * steps. A percentile of too few latencies is null, for the format has no word for a guess.
 */
public final class MlperfStyleExport {
    private static final double P90 = 0.9;
    private static final double P99 = 0.99;
    private static final double BYTES_PER_GB = 1e9;

    private final String toolVersion;

    private MlperfStyleExport(String toolVersion) {
        this.toolVersion = toolVersion;
    }

    /** Runs of one model of GPU with one CUDA version stand in one object. */
    private record Machine(Optional<String> name, Optional<String> cuda, OptionalLong memoryBytes) {
        static Machine of(RunResult run) {
            JsonNode gpu = run.environment().path("gpus").path(0);
            return new Machine(
                    text(gpu.path("name")),
                    text(run.environment().path("driver").path("cuda_version")),
                    gpu.path("memory_total_bytes").isNumber()
                            ? OptionalLong.of(gpu.path("memory_total_bytes").asLong())
                            : OptionalLong.empty());
        }

        private static Optional<String> text(JsonNode node) {
            return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
        }

        ObjectNode json() {
            ObjectNode info = JsonNodeFactory.instance
                    .objectNode()
                    .put("name", name.orElse(null))
                    .put("cuda_version", cuda.orElse(null));
            return memoryBytes.isPresent()
                    ? info.put("total_memory_gb", rounded(memoryBytes.getAsLong() / BYTES_PER_GB, 2))
                    : info.putNull("total_memory_gb");
        }
    }

    private record Exported(Arm arm, MixStudy mix, StoredRun run) {
        Instant startedAt() {
            return run.result().startedAt();
        }
    }

    /**
     * @return an object, or an array of one for each kind of GPU where there are several
     * @throws GpushareException when there is nothing to export, or simulated runs stand beside measured ones
     */
    public static JsonNode of(Study study, String toolVersion) {
        boolean simulated = study.sections().stream().anyMatch(Section::simulated);
        if (simulated && !study.sections().stream().allMatch(Section::simulated)) {
            throw GpushareException.usage(
                    "some of these runs are simulated and some are measured, and the format cannot keep them apart",
                    "Name the files of one kind: those of simulated runs have it in their names.");
        }
        Map<Machine, List<Exported>> machines = new LinkedHashMap<>();
        exported(study)
                .forEach(run -> machines.computeIfAbsent(Machine.of(run.run().result()), _ -> new ArrayList<>())
                        .add(run));
        if (machines.isEmpty()) {
            throw GpushareException.failed(
                    "there is no run to export" + (study.leftOut().isEmpty() ? "" : ": none is VALID"),
                    study.leftOut().isEmpty() ? null : "--include-invalid exports them nevertheless.");
        }
        MlperfStyleExport export = new MlperfStyleExport(toolVersion);
        List<ObjectNode> objects = machines.entrySet().stream()
                .map(entry -> export.object(entry.getKey(), entry.getValue(), simulated))
                .toList();
        if (objects.size() == 1) {
            return objects.getFirst();
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        objects.forEach(array::add);
        return array;
    }

    private static List<Exported> exported(Study study) {
        List<Exported> exported = new ArrayList<>();
        for (Section section : study.sections()) {
            for (Family family : section.families()) {
                for (MixStudy mix : family.mixes()) {
                    for (Arm arm : mix.arms()) {
                        arm.runs().forEach(run -> exported.add(new Exported(arm, mix, run)));
                    }
                }
            }
        }
        return exported;
    }

    private ObjectNode object(Machine machine, List<Exported> runs, boolean simulated) {
        Instant last = runs.stream()
                .map(Exported::startedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("timestamp", last.truncatedTo(ChronoUnit.SECONDS).toString())
                .put(MlperfStyleFile.GENERATED_BY, "gpushare " + toolVersion);
        if (simulated) {
            document.put(MlperfStyleFile.SIMULATED, true);
        }
        document.set("gpu_info", machine.json());
        ArrayNode benchmarks = document.putArray("benchmarks");
        for (Exported run : runs) {
            for (VariantCount variant : run.mix().counts()) {
                benchmarks.add(benchmark(run, variant));
            }
        }
        return document;
    }

    private static ObjectNode benchmark(Exported run, VariantCount variant) {
        RunResult result = run.run().result();
        List<TenantResult> tenants = result.tenants().stream()
                .filter(tenant -> tenant.variant().equals(variant.variant()))
                .toList();
        LatencyCounts latencies = tenants.stream()
                .map(tenant -> run.run().latencies().getOrDefault(tenant.number(), LatencyCounts.NONE))
                .reduce(LatencyCounts.NONE, LatencyCounts::plus);
        ObjectNode benchmark = JsonNodeFactory.instance
                .objectNode()
                .put("scenario", scenario(run, variant))
                .put(MlperfStyleFile.BATCH_SIZE, batchSize(tenants).orElse(null))
                .put("unit", variant.unit());
        put(benchmark, "throughput_samples_per_sec", throughput(result, tenants));
        put(benchmark, "duration_sec", duration(result));
        put(benchmark, "latency_p90_ms", percentile(latencies, P90));
        put(benchmark, "latency_p99_ms", percentile(latencies, P99));
        List<ScenarioResult> scenarios = scenarios(tenants);
        if (!scenarios.isEmpty()) {
            ArrayNode each = benchmark.putArray(MlperfStyleFile.MLPERF_SCENARIOS);
            scenarios.forEach(scenario -> each.add(ScenarioJson.of(scenario)));
        }
        return benchmark;
    }

    private static List<ScenarioResult> scenarios(List<TenantResult> tenants) {
        return tenants.stream()
                .flatMap(tenant -> tenant.load().flatMap(ServedLoad::scenario).stream())
                .toList();
    }

    private static void put(ObjectNode node, String name, OptionalDouble value) {
        node.putNull(name);
        value.ifPresent(known -> node.put(name, rounded(known, 6)));
    }

    /** {@code 4 x resnet-infer, MPS 25 %, docker}; of several variants it begins with the one that was measured. */
    private static String scenario(Exported run, VariantCount variant) {
        String mix = run.mix().mix().replace('×', 'x');
        String whose = run.mix().counts().size() == 1 ? "" : variant.variant() + " in ";
        return whose + mix + ", " + run.arm().key().label() + ", "
                + run.arm().key().place();
    }

    /** As the tenants themselves say it, or the samples of a request that a scenario sends. */
    private static Optional<Integer> batchSize(List<TenantResult> tenants) {
        Stream<Integer> said = tenants.stream()
                .flatMap(tenant -> tenant.start().said().stream())
                .map(hello -> hello.path("settings").path("batch").asInt(0))
                .filter(size -> size > 0);
        Stream<Integer> sent =
                scenarios(tenants).stream().map(scenario -> scenario.plan().samples());
        List<Integer> sizes = Stream.concat(said, sent).distinct().toList();
        return sizes.size() == 1 ? Optional.of(sizes.getFirst()) : Optional.empty();
    }

    /** One after another, each tenant has the GPU for its share of the time only. */
    private static OptionalDouble throughput(RunResult result, List<TenantResult> tenants) {
        List<Double> rates = tenants.stream()
                .flatMap(tenant -> tenant.unitsPerSec().asOptional().stream())
                .toList();
        if (rates.size() < tenants.size() || rates.isEmpty()) {
            return OptionalDouble.empty();
        }
        double sum = rates.stream().mapToDouble(rate -> rate).sum();
        boolean inTurn = !result.mode().concurrent();
        return OptionalDouble.of(inTurn ? sum / result.tenants().size() : sum);
    }

    private static OptionalDouble duration(RunResult result) {
        double windowS = result.timeline().windowS();
        return windowS > 0 ? OptionalDouble.of(windowS) : OptionalDouble.empty();
    }

    private static OptionalDouble percentile(LatencyCounts latencies, double percentile) {
        if (!EarlyStopping.isValidated(percentile, latencies.count())) {
            return OptionalDouble.empty();
        }
        return latencies.quantileMs(percentile);
    }

    private static double rounded(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue();
    }
}
