package io.gpushare.results.imported;

/** A format that another program writes. Its id stands in files and never changes meaning. */
public enum ForeignFormat {
    MLPERF_STYLE("mlperf-style"),
    HYPERFINE("hyperfine"),
    AIPERF("aiperf"),
    VLLM_BENCH("vllm-bench"),
    GUIDELLM("guidellm"),
    /** A value a line, with its time, domain and metric. */
    CSV_LONG("csv-long"),
    /** Our own, read as if it were another's. */
    GPUSHARE_LOAD("gpushare-load");

    private final String id;

    ForeignFormat(String id) {
        this.id = id;
    }

    @Override
    public String toString() {
        return id;
    }
}
