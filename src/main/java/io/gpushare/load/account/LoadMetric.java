package io.gpushare.load.account;

import java.util.Locale;

/** What is measured of each request, by the names that people know from aiperf, vLLM and guidellm. */
public enum LoadMetric {
    REQUEST_LATENCY("latency"),
    REQUEST_LATENCY_UNCORRECTED("uncorrected"),
    TIME_TO_FIRST_TOKEN("ttft"),
    INTER_TOKEN_LATENCY("itl"),
    TIME_PER_OUTPUT_TOKEN("tpot"),
    /** How much later than meant a request was taken in hand: the load generator's own fault. */
    DISPATCH_LATENESS("lateness");

    private final String shortName;

    LoadMetric(String shortName) {
        this.shortName = shortName;
    }

    /** As files name it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String shortName() {
        return shortName;
    }
}
