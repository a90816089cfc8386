package io.gpushare.exchange;

import io.gpushare.results.imported.ImportedBenchmark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What guidellm writes: a list of benchmarks, in each metric a distribution for requests that went well. */
final class GuidellmFile {
    private static final List<String> PERCENTILES = List.of("p90", "p95", "p99");
    private static final double MS_PER_SECOND = 1000;

    private GuidellmFile() {}

    static boolean recognises(ForeignValue document) {
        ForeignValue first = new ForeignValue(document.node().path("benchmarks").path(0), "benchmarks[0]");
        return first.at("metrics").has("requests_per_second")
                && first.at("metrics").has("request_latency");
    }

    static List<ImportedBenchmark> read(ForeignValue document) {
        return document.at("benchmarks")
                .nonEmptyArray()
                .elements()
                .map(GuidellmFile::benchmark)
                .toList();
    }

    private static ImportedBenchmark benchmark(ForeignValue benchmark) {
        ForeignValue metrics = benchmark.at("metrics").object();
        ServingMeasures measures = new ServingMeasures();
        measures.perSecond(ServingMeasures.REQUESTS, "requests", mean(metrics, "requests_per_second"));
        measures.perSecond(ServingMeasures.TOKENS, "tokens", mean(metrics, "output_tokens_per_second"));
        latency(measures, good(metrics, "request_latency"), ServingMeasures.LATENCY, MS_PER_SECOND);
        latency(measures, good(metrics, "time_to_first_token_ms"), ServingMeasures.FIRST_TOKEN, 1);
        // Of a request, from its first token to its last over the tokens between: others call that so. What guidellm
        // calls
        // time per output token holds the first one, too, and is nobody else's.
        latency(measures, good(metrics, "inter_token_latency_ms"), ServingMeasures.PER_TOKEN, 1);
        return measures.benchmark(settings(benchmark));
    }

    /** Where versions have it: what tells the benchmarks of a file apart. */
    private static Map<String, Optional<String>> settings(ForeignValue benchmark) {
        ForeignValue strategy = List.of("config", "scheduler", "args").stream()
                .map(where -> benchmark.at(where).at("strategy"))
                .filter(found -> !found.isAbsent())
                .findFirst()
                .orElseGet(() -> benchmark.at("strategy"));
        Map<String, Optional<String>> settings = new LinkedHashMap<>();
        settings.put("strategy", strategy.at("type_").optionalWord());
        settings.put("request_rate", strategy.at("rate").optionalWord());
        settings.put("concurrency", strategy.at("streams").optionalWord());
        return settings;
    }

    private static ForeignValue good(ForeignValue metrics, String name) {
        return metrics.at(name).at("successful");
    }

    private static Optional<Double> mean(ForeignValue metrics, String name) {
        return good(metrics, name).at("mean").optionalAmount();
    }

    private static void latency(ServingMeasures measures, ForeignValue metric, String key, double toMs) {
        measures.milliseconds(key, "mean", metric.at("mean").optionalAmount().map(value -> value * toMs));
        measures.milliseconds(key, "p50", metric.at("median").optionalAmount().map(value -> value * toMs));
        PERCENTILES.forEach(percentile -> measures.milliseconds(
                key,
                percentile,
                metric.at("percentiles").at(percentile).optionalAmount().map(value -> value * toMs)));
    }

    /** That failed or did not come to their end, and are not among the numbers. */
    static long failed(ForeignValue document) {
        return document.at("benchmarks")
                .array()
                .elements()
                .map(benchmark -> benchmark.at("metrics").at("request_totals"))
                .mapToLong(totals -> totals.at("errored").optionalCount().orElse(0L)
                        + totals.at("incomplete").optionalCount().orElse(0L))
                .sum();
    }

    static Optional<String> version(ForeignValue document) {
        return document.at("metadata").at("guidellm_version").optionalWord();
    }
}
