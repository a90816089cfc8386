package io.gpushare.exchange;

import io.gpushare.results.imported.ImportedBenchmark;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What {@code vllm bench serve --save-result} writes: one flat object, with a statistic and a metric in each name. */
final class VllmBenchFile {
    /** By vLLM's short name. */
    private static final Map<String, String> LATENCIES = new LinkedHashMap<>();

    /** By vLLM's word. */
    private static final Map<String, String> STATISTICS = new LinkedHashMap<>();

    static {
        LATENCIES.put("e2el", ServingMeasures.LATENCY);
        LATENCIES.put("ttft", ServingMeasures.FIRST_TOKEN);
        LATENCIES.put("tpot", ServingMeasures.PER_TOKEN);
        LATENCIES.put("itl", ServingMeasures.BETWEEN_TOKENS);
        STATISTICS.put("mean", "mean");
        STATISTICS.put("median", "p50");
        STATISTICS.put("p90", "p90");
        STATISTICS.put("p95", "p95");
        STATISTICS.put("p99", "p99");
    }

    private VllmBenchFile() {}

    static boolean recognises(ForeignValue document) {
        return document.has("request_throughput")
                && document.has("output_throughput")
                && document.has("mean_ttft_ms")
                && document.has("model_id");
    }

    static ImportedBenchmark read(ForeignValue document) {
        ServingMeasures measures = new ServingMeasures();
        measures.perSecond(
                ServingMeasures.REQUESTS,
                "requests",
                document.at("request_throughput").optionalAmount());
        measures.perSecond(
                ServingMeasures.TOKENS,
                "tokens",
                document.at("output_throughput").optionalAmount());
        measures.perSecond(
                ServingMeasures.GOODPUT,
                "requests",
                document.at("request_goodput").optionalAmount());
        LATENCIES.forEach((shortName, metric) -> STATISTICS.forEach((word, statistic) -> measures.milliseconds(
                metric, statistic, document.at(word + "_" + shortName + "_ms").optionalAmount())));
        Map<String, Optional<String>> settings = new LinkedHashMap<>();
        settings.put("model", document.at("model_id").optionalWord());
        settings.put("request_rate", document.at("request_rate").optionalWord());
        settings.put("max_concurrency", document.at("max_concurrency").optionalWord());
        return measures.benchmark(settings);
    }

    /** That failed, and are not among the numbers. */
    static long failed(ForeignValue document) {
        return document.at("failed").optionalCount().orElse(0L);
    }
}
