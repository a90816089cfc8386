package io.gpushare.exchange;

import io.gpushare.results.imported.ImportedBenchmark;
import io.gpushare.results.imported.ImportedBenchmark.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured of a server, under the same keys whoever measured it: so that aiperf, vLLM and gpushare can be
 * compared with one another.
 */
final class ServingMeasures {
    static final String LATENCY = "latency";
    static final String FIRST_TOKEN = "time_to_first_token";
    static final String PER_TOKEN = "time_per_output_token";
    static final String BETWEEN_TOKENS = "inter_token_latency";
    static final String REQUESTS = "request_throughput";
    static final String TOKENS = "output_token_throughput";
    static final String GOODPUT = "goodput";

    private final List<Measure> measures = new ArrayList<>();

    /** @param statistic as in {@code p99} */
    void milliseconds(String metric, String statistic, Optional<Double> value) {
        value.ifPresent(ms -> measures.add(new Measure(metric + "_" + statistic + "_ms", "ms", List.of(ms), Map.of())));
    }

    void perSecond(String metric, String unit, Optional<Double> value) {
        value.ifPresent(rate -> measures.add(new Measure(metric + "_per_sec", unit + "/s", List.of(rate), Map.of())));
    }

    /** @param settings with which it was measured, by name; those that are not known are left out */
    ImportedBenchmark benchmark(Map<String, Optional<String>> settings) {
        if (measures.isEmpty()) {
            throw new NotInFormatException("there is no number that could be compared: no latency and no throughput");
        }
        Map<String, String> known = new LinkedHashMap<>();
        settings.forEach((name, value) -> value.ifPresent(text -> known.put(name, text)));
        return new ImportedBenchmark("serving", known, Optional.empty(), 0, measures);
    }
}
