package io.gpushare.report.chart;

/** Metrics of a study that pictures show, by their id. */
final class Measures {
    static final String STP = "stp";
    static final String THROUGHPUT = "throughput_units_per_sec";
    static final String FAIRNESS = "fairness";
    static final String WORST_SLOWDOWN = "worst_slowdown";
    static final String WORST_P99_SLOWDOWN = "worst_p99_slowdown";

    private Measures() {}
}
