package io.gpushare.exchange;

import io.gpushare.results.imported.ImportedBenchmark;
import io.gpushare.results.imported.ImportedBenchmark.Gpu;
import io.gpushare.results.imported.ImportedBenchmark.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plain JSON of simple GPU benchmarks: {@code timestamp}, {@code gpu_info}, and {@code benchmarks}, each with a
 * scenario and four numbers. Or an array of such documents, one a GPU.
 */
final class MlperfStyleFile {
    static final String GENERATED_BY = "generated_by";
    static final String SIMULATED = "simulated";
    static final String BATCH_SIZE = "batch_size";

    /** What MLPerf's scenarios came to, tenant by tenant: beyond what others write, and not compared. */
    static final String MLPERF_SCENARIOS = "mlperf_scenarios";

    private static final String SCENARIO = "scenario";
    private static final Set<String> READ_OTHERWISE = Set.of(SCENARIO, BATCH_SIZE, MLPERF_SCENARIOS);

    /** By the name in the file: key and unit here. */
    private static final Map<String, Map.Entry<String, String>> MEASURES = new LinkedHashMap<>();

    static {
        MEASURES.put("throughput_samples_per_sec", Map.entry("throughput_samples_per_sec", "samples/s"));
        MEASURES.put("latency_mean_ms", Map.entry("latency_mean_ms", "ms"));
        MEASURES.put("latency_p50_ms", Map.entry("latency_p50_ms", "ms"));
        MEASURES.put("latency_p90_ms", Map.entry("latency_p90_ms", "ms"));
        MEASURES.put("latency_p95_ms", Map.entry("latency_p95_ms", "ms"));
        MEASURES.put("latency_p99_ms", Map.entry("latency_p99_ms", "ms"));
        MEASURES.put("duration_sec", Map.entry(HyperfineFile.DURATION, HyperfineFile.SECONDS));
    }

    private final TreeSet<String> unknown = new TreeSet<>();

    /** Of the fields that were left out, because nobody knows what they count. */
    List<String> unknown() {
        return List.copyOf(unknown);
    }

    List<ImportedBenchmark> read(ForeignValue document) {
        List<ForeignValue> parts =
                document.node().isArray() ? document.nonEmptyArray().elements().toList() : List.of(document);
        return parts.stream().flatMap(part -> part(part.object()).stream()).toList();
    }

    static boolean simulated(ForeignValue document) {
        List<ForeignValue> parts =
                document.node().isArray() ? document.elements().toList() : List.of(document);
        boolean any = parts.stream().anyMatch(MlperfStyleFile::saysSimulated);
        if (any && !parts.stream().allMatch(MlperfStyleFile::saysSimulated)) {
            throw new NotInFormatException("some of its parts are simulated and some are measured");
        }
        return any;
    }

    private static boolean saysSimulated(ForeignValue part) {
        ForeignValue said = part.at(SIMULATED);
        return !said.isAbsent()
                && said.require(said.node().isBoolean(), "true or false").node().booleanValue();
    }

    private List<ImportedBenchmark> part(ForeignValue part) {
        Optional<Gpu> gpu = gpu(part.at("gpu_info"));
        return part.at("benchmarks")
                .nonEmptyArray()
                .elements()
                .map(benchmark -> benchmark(benchmark.object(), gpu))
                .toList();
    }

    private static Optional<Gpu> gpu(ForeignValue info) {
        if (info.isAbsent()) {
            return Optional.empty();
        }
        info.object();
        return Optional.of(new Gpu(
                info.at("name").optionalWord(),
                info.at("cuda_version").optionalWord(),
                info.at("total_memory_gb").optionalAmount()));
    }

    private ImportedBenchmark benchmark(ForeignValue benchmark, Optional<Gpu> gpu) {
        String scenario = benchmark.at(SCENARIO).text();
        Map<String, String> settings = new LinkedHashMap<>();
        benchmark.at(BATCH_SIZE).optionalCount().ifPresent(size -> settings.put(BATCH_SIZE, size.toString()));
        List<Measure> measures = new ArrayList<>();
        MEASURES.forEach((name, known) -> benchmark
                .at(name)
                .optionalAmount()
                .ifPresent(value ->
                        measures.add(new Measure(known.getKey(), known.getValue(), List.of(value), Map.of()))));
        benchmark.names().stream()
                .filter(name -> !READ_OTHERWISE.contains(name) && !MEASURES.containsKey(name))
                .forEach(name -> other(benchmark.at(name), name, settings));
        if (measures.isEmpty()) {
            throw new NotInFormatException(benchmark.path() + " has no number that could be compared: none of "
                    + String.join(", ", MEASURES.keySet()));
        }
        requireOrder(benchmark, "latency_p50_ms", "latency_p90_ms");
        requireOrder(benchmark, "latency_p90_ms", "latency_p99_ms");
        return new ImportedBenchmark(scenario, settings, gpu, 0, measures);
    }

    /** A word tells benchmarks of one scenario apart (a model, a precision); a number could be anything. */
    private void other(ForeignValue value, String name, Map<String, String> settings) {
        if (value.node().isTextual() || value.node().isBoolean()) {
            settings.put(name, value.node().asText());
        } else if (!value.isAbsent()) {
            unknown.add(name);
        }
    }

    private static void requireOrder(ForeignValue benchmark, String lower, String higher) {
        if (benchmark.has(lower)
                && benchmark.has(higher)
                && benchmark.at(lower).amount() > benchmark.at(higher).amount()) {
            throw new NotInFormatException(benchmark.at(higher).path() + " is below " + lower);
        }
    }
}
