package io.gpushare.compare;

import io.gpushare.results.imported.ImportedBenchmark;
import io.gpushare.results.imported.ImportedBenchmark.Gpu;
import io.gpushare.results.imported.ImportedBenchmarks;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metric.Better;
import io.gpushare.study.metric.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/** Other programs' benchmarks as groups: what has one name on one GPU was measured several times. */
final class ForeignGroups {
    private ForeignGroups() {}

    private record Key(String title, Optional<String> gpu, String writtenBy, boolean simulated) {}

    private record Entry(ImportedBenchmarks file, ImportedBenchmark benchmark) {}

    static List<Group> of(List<ImportedBenchmarks> imported) {
        Map<Key, List<Entry>> alike = new LinkedHashMap<>();
        for (ImportedBenchmarks file : imported) {
            for (ImportedBenchmark benchmark : file.benchmarks()) {
                Key key = new Key(
                        benchmark.title(), benchmark.gpu().flatMap(Gpu::name), file.writtenBy(), file.simulated());
                alike.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Entry(file, benchmark));
            }
        }
        return alike.entrySet().stream()
                .map(group -> of(group.getKey(), group.getValue()))
                .toList();
    }

    private static Group of(Key key, List<Entry> entries) {
        Map<Metric, List<Double>> values = new LinkedHashMap<>();
        for (Entry entry : entries) {
            for (ImportedBenchmark.Measure measure : entry.benchmark().measures()) {
                values.computeIfAbsent(metric(measure), _ -> new ArrayList<>()).addAll(measure.values());
            }
        }
        List<Group.Measure> measures = values.entrySet().stream()
                .map(measure -> new Group.Measure(measure.getKey(), measure.getValue()))
                .toList();
        return new Group(
                key.title(),
                0,
                "",
                "",
                0,
                key.gpu().map(name -> name.replace(" (simulated)", "")).orElse(""),
                key.simulated(),
                true,
                key.writtenBy().equals("unknown") ? "another program" : key.writtenBy(),
                measures.stream()
                        .mapToInt(measure -> measure.values().size())
                        .max()
                        .orElse(0),
                entries.stream()
                        .mapToInt(entry -> entry.benchmark().failedRuns())
                        .sum(),
                entries.stream()
                        .map(entry -> entry.file().source().name())
                        .distinct()
                        .toList(),
                measures,
                Map.of(),
                circumstances(entries));
    }

    private static Circumstances circumstances(List<Entry> entries) {
        Map<String, SortedSet<String>> facts = new LinkedHashMap<>();
        for (Entry entry : entries) {
            entry.benchmark().gpu().ifPresent(gpu -> {
                gpu.name()
                        .ifPresent(name -> facts.computeIfAbsent("GPU", _ -> new TreeSet<>())
                                .add(name));
                gpu.cudaVersion()
                        .ifPresent(version -> facts.computeIfAbsent("CUDA version", _ -> new TreeSet<>())
                                .add(version));
            });
        }
        return new Circumstances(facts, OptionalDouble.empty());
    }

    /** Names the metric as a study does, so that it finds its partner there. */
    private static Metric metric(ImportedBenchmark.Measure measure) {
        String key = measure.key();
        String plain = key.replaceAll("_(s|ms|bytes)$", "").replace('_', ' ');
        return switch (key) {
            case "throughput_samples_per_sec" -> metric(Metrics.THROUGHPUT.key(), "throughput", measure, Better.HIGHER);
            case "latency_mean_ms" -> metric("mean_ms", "mean latency", measure, Better.LOWER);
            case "latency_p50_ms", "latency_p90_ms", "latency_p95_ms", "latency_p99_ms" ->
                metric(key.substring("latency_".length()), plain.substring("latency ".length()), measure, Better.LOWER);
            case "request_throughput_per_sec", "output_token_throughput_per_sec", "goodput_per_sec" ->
                metric(key, plain.replace(" per sec", ""), measure, Better.HIGHER);
            // How long a benchmark was meant to run is no result; how long a command took is.
            case "duration_s" -> {
                boolean meant =
                        measure.samples().size() == 1 && measure.reported().isEmpty();
                yield metric(key, plain, measure, meant ? Better.NEITHER : Better.LOWER);
            }
            default -> metric(key, plain, measure, measure.unit().isEmpty() ? Better.NEITHER : Better.LOWER);
        };
    }

    private static Metric metric(String key, String label, ImportedBenchmark.Measure measure, Better better) {
        return new Metric(key, Optional.empty(), label, measure.unit(), better, "As the file says it.");
    }
}
