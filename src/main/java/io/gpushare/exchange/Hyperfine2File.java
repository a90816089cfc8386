package io.gpushare.exchange;

import io.gpushare.results.imported.ImportedBenchmark;
import io.gpushare.results.imported.ImportedBenchmark.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code hyperfine --export-json} writes from version 2 on: each run with all that was measured in it, and units.
 */
final class Hyperfine2File {
    private static final Map<String, String> KEYS = Map.of(
            "time_wall_clock", "duration",
            "time_user", "user",
            "time_system", "system",
            "time_cpu", "cpu",
            "memory_peak_resident", "peak_memory");

    /** A unit of the file in ours. */
    private record Unit(String suffix, String words, double factor) {}

    private static final Map<String, Unit> UNITS = Map.of(
            "second", new Unit("_s", "s", 1),
            "millisecond", new Unit("_s", "s", 1e-3),
            "microsecond", new Unit("_s", "s", 1e-6),
            "nanosecond", new Unit("_s", "s", 1e-9),
            "byte", new Unit("_bytes", "B", 1),
            "kibibyte", new Unit("_bytes", "B", 1L << 10),
            "mebibyte", new Unit("_bytes", "B", 1L << 20),
            "gibibyte", new Unit("_bytes", "B", 1L << 30));

    private Hyperfine2File() {}

    static List<ImportedBenchmark> read(ForeignValue document) {
        return document.at("results")
                .nonEmptyArray()
                .elements()
                .map(Hyperfine2File::benchmark)
                .toList();
    }

    static Optional<String> version(ForeignValue document) {
        return document.at("metadata").at("hyperfine_version").optionalWord();
    }

    static Optional<String> start(ForeignValue document) {
        return document.at("metadata").at("start_time").optionalWord();
    }

    private static ImportedBenchmark benchmark(ForeignValue result) {
        String name = result.object().has("name")
                ? result.at("name").text()
                : result.at("command").text();
        List<ForeignValue> runs = result.at("measurements").samples().elements().toList();
        runs.getFirst().object().at("time_wall_clock").object();
        Map<String, Unit> units = new LinkedHashMap<>();
        Map<String, List<Double>> samples = new LinkedHashMap<>();
        int failed = 0;
        for (ForeignValue run : runs) {
            for (String measured : run.object().names()) {
                ForeignValue value = run.at(measured);
                if (value.node().isObject()) {
                    Unit unit = unit(value);
                    units.put(measured, unit);
                    samples.computeIfAbsent(measured, _ -> new ArrayList<>())
                            .add(value.at("value").amount() * unit.factor());
                }
            }
            // An absent one is of a run that a signal ended.
            boolean fine = run.has("exit_code") && !HyperfineFile.failed(run.at("exit_code"));
            failed += fine ? 0 : 1;
        }
        List<Measure> measures = samples.entrySet().stream()
                .map(entry -> {
                    Unit unit = Optional.ofNullable(units.get(entry.getKey())).orElseThrow();
                    String key = KEYS.getOrDefault(entry.getKey(), entry.getKey()) + unit.suffix();
                    return new Measure(key, unit.words(), entry.getValue(), Map.of());
                })
                .toList();
        return new ImportedBenchmark(name, HyperfineFile.parameters(result), Optional.empty(), failed, measures);
    }

    /** A plain count, as of instructions, has none. */
    private static Unit unit(ForeignValue value) {
        ForeignValue unit = value.at("unit");
        if (unit.isAbsent()) {
            return new Unit("", "", 1);
        }
        Unit known = UNITS.get(unit.text());
        return known == null ? new Unit("", unit.text(), 1) : known;
    }
}
