package io.gpushare.exchange;

import io.gpushare.results.imported.ImportedBenchmark;
import io.gpushare.results.imported.ImportedBenchmark.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code hyperfine --export-json} writes up to version 1: a statistic and all times for each command, in seconds.
 */
final class HyperfineFile {
    static final String DURATION = "duration_s";
    static final String SECONDS = "s";
    private static final String BYTES = "B";
    private static final List<String> STATISTICS = List.of("mean", "stddev", "median", "min", "max");
    /** Statistics are computed from the times in double precision. */
    private static final double TOLERANCE = 1e-6;

    private HyperfineFile() {}

    static List<ImportedBenchmark> read(ForeignValue document) {
        return document.at("results")
                .nonEmptyArray()
                .elements()
                .map(HyperfineFile::benchmark)
                .toList();
    }

    private static ImportedBenchmark benchmark(ForeignValue result) {
        String command = result.object().at("command").text();
        List<Measure> measures = new ArrayList<>();
        measures.add(duration(result));
        processorTime(result.at("user"), "user_s").ifPresent(measures::add);
        processorTime(result.at("system"), "system_s").ifPresent(measures::add);
        if (result.has("memory_usage_byte")) {
            List<Double> bytes = amounts(result.at("memory_usage_byte"));
            measures.add(new Measure("peak_memory_bytes", BYTES, bytes, Map.of()));
        }
        return new ImportedBenchmark(command, parameters(result), Optional.empty(), failures(result), measures);
    }

    private static Measure duration(ForeignValue result) {
        Map<String, Double> reported = new LinkedHashMap<>();
        for (String statistic : STATISTICS) {
            result.at(statistic).optionalAmount().ifPresent(value -> reported.put(statistic, value));
        }
        result.at(Measure.MEAN).amount();
        List<Double> times = result.has("times") ? amounts(result.at("times")) : List.of();
        if (!times.isEmpty()) {
            var computed = times.stream().mapToDouble(time -> time).summaryStatistics();
            requireSame(result, reported, Measure.MEAN, computed.getAverage());
            requireSame(result, reported, "min", computed.getMin());
            requireSame(result, reported, "max", computed.getMax());
        }
        return new Measure(DURATION, SECONDS, times, reported);
    }

    /** A file that somebody changed by hand tells two stories. */
    private static void requireSame(
            ForeignValue result, Map<String, Double> reported, String statistic, double computed) {
        Double said = reported.get(statistic);
        if (said != null && Math.abs(said - computed) > TOLERANCE * Math.max(Math.abs(computed), TOLERANCE)) {
            throw new NotInFormatException(
                    result.at(statistic).path() + " is " + said + ", and the times beside it say " + computed);
        }
    }

    private static Optional<Measure> processorTime(ForeignValue value, String key) {
        return value.optionalAmount().map(mean -> new Measure(key, SECONDS, List.of(), Map.of(Measure.MEAN, mean)));
    }

    private static List<Double> amounts(ForeignValue array) {
        return array.samples().elements().map(ForeignValue::amount).toList();
    }

    /** A command that a signal ended has no exit code: null. */
    private static int failures(ForeignValue result) {
        ForeignValue codes = result.at("exit_codes");
        if (codes.isAbsent()) {
            return 0;
        }
        codes.array();
        int times = result.at("times").node().size();
        if (times > 0 && codes.node().size() != times) {
            throw new NotInFormatException(
                    codes.path() + " has " + codes.node().size() + " elements, and there are " + times + " times");
        }
        return (int) codes.elements().filter(code -> failed(code)).count();
    }

    static boolean failed(ForeignValue code) {
        if (code.node().isNull()) {
            return true;
        }
        code.require(code.node().isIntegralNumber(), "a whole number or null");
        return !code.node().asText().equals("0");
    }

    static Map<String, String> parameters(ForeignValue result) {
        ForeignValue parameters = result.at("parameters");
        Map<String, String> settings = new LinkedHashMap<>();
        if (parameters.isAbsent()) {
            return settings;
        }
        parameters.object();
        for (String name : parameters.names()) {
            ForeignValue parameter = parameters.at(name);
            // Version 2 wraps the value.
            ForeignValue value = parameter.node().isObject() ? parameter.at("value") : parameter;
            settings.put(
                    name,
                    value.require(value.node().isValueNode(), "a text").node().asText());
        }
        return settings;
    }
}
