package io.gpushare.results.imported;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.imported.ImportedBenchmark.Gpu;
import io.gpushare.results.imported.ImportedBenchmark.Measure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Imported benchmarks as their file says them, and back. */
public final class ImportedJson {
    public static final int SCHEMA_VERSION = 1;
    public static final String KIND = "imported";

    private ImportedJson() {}

    public static ObjectNode of(ImportedBenchmarks imported) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("schema_version", SCHEMA_VERSION)
                .put("kind", KIND)
                .put("format", imported.format().id())
                .put("written_by", imported.writtenBy())
                .put("imported_utc", imported.importedAt().toString())
                .put("tool_version", imported.toolVersion())
                .put("measured_at", imported.measuredAt().orElse(null))
                .put("simulated", imported.simulated());
        document.putObject("source")
                .put("name", imported.source().name())
                .put("sha256", imported.source().sha256())
                .put("bytes", imported.source().bytes());
        ArrayNode benchmarks = document.putArray("benchmarks");
        imported.benchmarks().forEach(benchmark -> put(benchmarks.addObject(), benchmark));
        return document;
    }

    /**
     * Of a document that keeps the schema.
     *
     * @throws IllegalArgumentException for one that does not, in what a schema cannot say
     */
    public static ImportedBenchmarks read(JsonNode document) {
        JsonNode source = document.path("source");
        return new ImportedBenchmarks(
                ForeignFormat.of(document.path("format").asText()),
                document.path("written_by").asText(),
                new ImportedBenchmarks.Source(
                        source.path("name").asText(),
                        source.path("sha256").asText(),
                        source.path("bytes").asLong()),
                Instant.parse(document.path("imported_utc").asText()),
                document.path("tool_version").asText(),
                text(document.path("measured_at")),
                document.path("simulated").asBoolean(),
                document.path("benchmarks")
                        .valueStream()
                        .map(ImportedJson::benchmark)
                        .toList());
    }

    private static void put(ObjectNode node, ImportedBenchmark benchmark) {
        node.put("name", benchmark.name());
        ObjectNode settings = node.putObject("settings");
        benchmark.settings().forEach(settings::put);
        node.set("gpu", benchmark.gpu().map(ImportedJson::of).orElse(null));
        node.put("failed_runs", benchmark.failedRuns());
        ArrayNode measures = node.putArray("measures");
        for (Measure measure : benchmark.measures()) {
            ObjectNode one = measures.addObject().put("key", measure.key()).put("unit", measure.unit());
            ArrayNode samples = one.putArray("samples");
            measure.samples().forEach(samples::add);
            ObjectNode reported = one.putObject("reported");
            measure.reported().forEach(reported::put);
        }
    }

    private static ObjectNode of(Gpu gpu) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", gpu.name().orElse(null))
                .put("cuda_version", gpu.cudaVersion().orElse(null))
                .put("total_memory_gb", gpu.totalMemoryGb().orElse(null));
    }

    private static ImportedBenchmark benchmark(JsonNode node) {
        Map<String, String> settings = new LinkedHashMap<>();
        node.path("settings")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        List<Measure> measures =
                node.path("measures").valueStream().map(ImportedJson::measure).toList();
        return new ImportedBenchmark(
                node.path("name").asText(),
                settings,
                gpu(node.path("gpu")),
                node.path("failed_runs").asInt(),
                measures);
    }

    private static Optional<Gpu> gpu(JsonNode node) {
        return node.isObject()
                ? Optional.of(new Gpu(
                        text(node.path("name")),
                        text(node.path("cuda_version")),
                        node.path("total_memory_gb").isNumber()
                                ? Optional.of(node.path("total_memory_gb").asDouble())
                                : Optional.empty()))
                : Optional.empty();
    }

    private static Measure measure(JsonNode node) {
        Map<String, Double> reported = new LinkedHashMap<>();
        node.path("reported")
                .properties()
                .forEach(statistic ->
                        reported.put(statistic.getKey(), statistic.getValue().asDouble()));
        return new Measure(
                node.path("key").asText(),
                node.path("unit").asText(),
                node.path("samples").valueStream().map(JsonNode::asDouble).toList(),
                reported);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }
}
