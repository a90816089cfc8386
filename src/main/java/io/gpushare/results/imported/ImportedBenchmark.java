package io.gpushare.results.imported;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One benchmark of a file.
 *
 * @param name what was run: a scenario, a command
 * @param settings parameters of it, by name, in the order of the file
 * @param failedRuns that ended with an error and are among the samples all the same
 */
public record ImportedBenchmark(
        String name, Map<String, String> settings, Optional<Gpu> gpu, int failedRuns, List<Measure> measures) {
    public ImportedBenchmark {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        measures = List.copyOf(measures);
    }

    /** What the file says of the GPU. */
    public record Gpu(Optional<String> name, Optional<String> cudaVersion, Optional<Double> totalMemoryGb) {}

    /**
     * What was measured.
     *
     * @param key with its unit: {@code duration_s}, {@code latency_p99_ms}
     * @param samples one a run; empty where the file has statistics only
     * @param reported statistics of the file, by name; {@code mean} where there are no samples
     */
    public record Measure(String key, String unit, List<Double> samples, Map<String, Double> reported) {
        public static final String MEAN = "mean";

        private static final double LARGEST = 1e30;

        public Measure {
            samples = List.copyOf(samples);
            reported = Collections.unmodifiableMap(new LinkedHashMap<>(reported));
            if (!Stream.concat(samples.stream(), reported.values().stream())
                    .allMatch(value -> Math.abs(value) <= LARGEST)) {
                throw new IllegalArgumentException(key + " has a value that is no number that was measured");
            }
            if (samples.isEmpty() && !reported.containsKey(MEAN)) {
                throw new IllegalArgumentException(key + " has neither samples nor a mean");
            }
        }

        /** The samples, or the mean alone, which is then as good as one run. */
        public List<Double> values() {
            Double mean = reported.get(MEAN);
            return samples.isEmpty() && mean != null ? List.of(mean) : samples;
        }
    }

    /** With what it was run with, so that two benchmarks of one name are told apart: {@code offline [batch_size=8]}. */
    public String title() {
        if (settings.isEmpty()) {
            return name;
        }
        List<String> words = settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        return name + " [" + String.join(",", words) + "]";
    }
}
