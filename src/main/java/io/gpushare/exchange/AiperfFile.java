package io.gpushare.exchange;

import io.gpushare.results.imported.ImportedBenchmark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What aiperf writes to {@code profile_export_aiperf.json}, and {@code gpushare load}, which follows it: an object for
 * each metric, with its unit and its statistics.
 */
final class AiperfFile {
    static final String LOAD_KIND = "load";

    private static final List<String> PERCENTILES = List.of("p50", "p90", "p95", "p99");

    private AiperfFile() {}

    static boolean recognises(ForeignValue document) {
        return document.at("request_latency").has("unit")
                && document.at("request_throughput").has("unit");
    }

    static ImportedBenchmark read(ForeignValue document) {
        ServingMeasures measures = rates(document);
        latency(measures, document.at("request_latency"), ServingMeasures.LATENCY);
        latency(measures, document.at("time_to_first_token"), ServingMeasures.FIRST_TOKEN);
        // Of a request, from its first token to its last over the tokens between: others call that so.
        latency(measures, document.at("inter_token_latency"), ServingMeasures.PER_TOKEN);
        ForeignValue asked = document.at("input_config");
        Map<String, Optional<String>> settings = new LinkedHashMap<>();
        settings.put("model", firstWord(asked.at("endpoint").at("model_names")));
        settings.put("request_rate", asked.at("loadgen").at("request_rate").optionalWord());
        settings.put("concurrency", asked.at("loadgen").at("concurrency").optionalWord());
        return measures.benchmark(settings);
    }

    static Optional<String> start(ForeignValue document) {
        return document.at("start_time").optionalWord();
    }

    /** @param document of kind {@code load} */
    static ImportedBenchmark readLoad(ForeignValue document) {
        if (!document.has("measurement")) {
            throw new NotInFormatException("it holds a search for the highest rate, and no measurement of one");
        }
        ForeignValue measurement = document.at("measurement").object();
        ServingMeasures measures = rates(measurement);
        latency(measures, measurement.at("request_latency"), ServingMeasures.LATENCY);
        latency(measures, measurement.at("time_to_first_token"), ServingMeasures.FIRST_TOKEN);
        latency(measures, measurement.at("time_per_output_token"), ServingMeasures.PER_TOKEN);
        latency(measures, measurement.at("inter_token_latency"), ServingMeasures.BETWEEN_TOKENS);
        ForeignValue asked = document.at("asked");
        Map<String, Optional<String>> settings = new LinkedHashMap<>();
        settings.put("request_rate", asked.at("mean_rate").optionalWord());
        settings.put("concurrency", asked.at("clients").optionalWord());
        return measures.benchmark(settings);
    }

    static Optional<String> measuredAt(ForeignValue document) {
        return document.at("measurement").at("measured_at").optionalWord();
    }

    private static ServingMeasures rates(ForeignValue document) {
        ServingMeasures measures = new ServingMeasures();
        rate(measures, document.at("request_throughput"), ServingMeasures.REQUESTS, "requests");
        rate(measures, document.at("output_token_throughput"), ServingMeasures.TOKENS, "tokens");
        rate(measures, document.at("goodput"), ServingMeasures.GOODPUT, "requests");
        return measures;
    }

    private static void rate(ServingMeasures measures, ForeignValue metric, String key, String unit) {
        if (!metric.isAbsent()) {
            requireUnit(metric, unit + "/sec");
            measures.perSecond(key, unit, metric.at("avg").optionalAmount());
        }
    }

    private static void latency(ServingMeasures measures, ForeignValue metric, String key) {
        if (metric.isAbsent()) {
            return;
        }
        requireUnit(metric, "ms");
        measures.milliseconds(key, "mean", metric.at("avg").optionalAmount());
        PERCENTILES.forEach(percentile ->
                measures.milliseconds(key, percentile, metric.at(percentile).optionalAmount()));
    }

    private static void requireUnit(ForeignValue metric, String unit) {
        String said = metric.object().at("unit").text();
        metric.at("unit").require(said.equals(unit), "\"" + unit + "\"");
    }

    private static Optional<String> firstWord(ForeignValue names) {
        return names.node().isArray() && !names.node().isEmpty()
                ? names.elements().findFirst().orElseThrow().optionalWord()
                : Optional.empty();
    }
}
