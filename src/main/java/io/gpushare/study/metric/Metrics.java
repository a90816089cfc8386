package io.gpushare.study.metric;

import io.gpushare.reading.GpuMetric;
import io.gpushare.study.metric.Metric.Better;
import java.util.Optional;
import java.util.Set;

/** The metrics of a study, and what they mean. */
public final class Metrics {
    public static final Metric STP = ofRun(
            "stp",
            "STP",
            "",
            Better.HIGHER,
            "System throughput: the sum of the tenants' progress against each alone; n at best, and 1 is as good as"
                    + " one after another.");
    /** Of runs whose tenants all do the same; its unit is theirs. */
    public static final Metric THROUGHPUT = ofRun(
            "throughput_units_per_sec",
            "throughput",
            "units/s",
            Better.HIGHER,
            "Units per second of all tenants together, where they are all of one variant; in exclusive mode, over all"
                    + " of their turns.");

    public static final Metric ANTT = ofRun(
            "antt",
            "ANTT",
            "",
            Better.LOWER,
            "Average normalised turnaround time: the mean slowdown of the tenants; 1 at best.");
    public static final Metric FAIRNESS = ofRun(
            "fairness",
            "fairness",
            "",
            Better.HIGHER,
            "Least progress / most progress of a tenant; 1 when all are slowed alike.");
    public static final Metric JAIN = ofRun(
            "jain",
            "Jain's index",
            "",
            Better.HIGHER,
            "(sum of progress)² / (n · sum of its squares); 1 when all are slowed alike, 1/n when one has it all.");
    public static final Metric WORST_SLOWDOWN = ofRun(
            "worst_slowdown",
            "worst slowdown",
            "×",
            Better.LOWER,
            "Throughput alone / throughput shared, of the tenant that loses most.");
    public static final Metric WORST_P99_SLOWDOWN = ofRun(
            "worst_p99_slowdown",
            "worst p99 slowdown",
            "×",
            Better.LOWER,
            "99th percentile of latency shared / alone, of the variant that loses most; absent when one of them has"
                    + " fewer than 459 latencies on a side.");
    /** Where there are too few latencies for the 99th: a starving tenant has few. */
    public static final Metric WORST_P90_SLOWDOWN = ofRun(
            "worst_p90_slowdown",
            "worst p90 slowdown",
            "×",
            Better.LOWER,
            "Likewise of the 90th percentile, from 44 latencies.");

    public static final Metric SUCCESS =
            ofRun("success_rate", "success rate", "", Better.HIGHER, "Tenants that ended well / all of them.");
    public static final Metric MEAN_POWER = ofRun(
            "mean_power_w",
            "mean power",
            "W",
            Better.NEITHER,
            "Energy of the GPU in the window by its own counter / length of the window.");
    public static final Metric JOULES_PER_UNIT = ofRun(
            "joules_per_unit",
            "energy per unit",
            "J",
            Better.LOWER,
            "Energy of the GPU in the window / units of all tenants, where they are all of one variant.");
    public static final Metric ENERGY_AGAINST_ALONE = ofRun(
            "energy_against_alone",
            "energy against alone",
            "",
            Better.LOWER,
            "Energy of the shared GPU / what the same work would have cost with each tenant alone on a GPU: P shared /"
                    + " sum of progress · P alone.");
    public static final Metric COST = ofRun(
            "cost_per_million_units",
            "cost per million units",
            "",
            Better.LOWER,
            "Price of a GPU hour · 10⁶ / (3600 · throughput), where all tenants are of one variant; the GPU's price"
                    + " only.");
    public static final Metric GPU_TIME_AGAINST_ALONE = ofRun(
            "gpu_time_against_alone",
            "GPU time against alone",
            "",
            Better.LOWER,
            "GPU time for the same work / what it takes one after another: 1 / STP. Cost follows it.");
    public static final Metric GPUS_SAVED = ofRun(
            "gpus_saved",
            "GPUs saved",
            "",
            Better.HIGHER,
            "Consolidation gain: GPUs that would do the same work with one tenant each at full use, less this one: STP"
                    + " - 1.");
    public static final Metric GPU_BUSY =
            ofRun("gpu_busy", "GPU busy", "", Better.NEITHER, "Share of the window in which some kernel ran.");
    public static final Metric SM_ACTIVE = ofRun(
            GpuMetric.SM_ACTIVE_PERCENT,
            "SM active",
            "%",
            Better.NEITHER,
            "Mean share of the GPU's multiprocessors that had work, by its own counters.");
    public static final Metric SLO_ATTAINMENT = ofRun(
            "slo_attainment",
            "SLO attainment",
            "",
            Better.HIGHER,
            "Share of the steps within their bound, of the variant that keeps its bound least.");

    public static final Metric REQUESTS_DUE = ofRun(
            "requests_due_per_sec",
            "requests due",
            "requests/s",
            Better.NEITHER,
            "Requests that were due / length of the measured time, of all replicas of a server together.");
    public static final Metric REQUESTS_ANSWERED = ofRun(
            "requests_answered_per_sec",
            "requests answered",
            "requests/s",
            Better.HIGHER,
            "Answers that came in the measured time / its length, of all replicas of a server together.");
    public static final Metric REQUESTS_FAILED = ofRun(
            "requests_failed_share",
            "failed requests",
            "",
            Better.LOWER,
            "Requests that failed or were dropped / those that were due, of all replicas of a server together.");
    public static final Metric REQUEST_P50 = ofRun(
            "request_p50_ms",
            "request p50",
            "ms",
            Better.LOWER,
            "Median latency of a request from when it was due, over all replicas of a server.");
    public static final Metric REQUEST_P99 = ofRun(
            "request_p99_ms",
            "request p99",
            "ms",
            Better.LOWER,
            "99th percentile of the latency of a request from when it was due, over all replicas of a server; from 459"
                    + " answers.");
    public static final Metric GOODPUT_SHARE = ofRun(
            "goodput_share",
            "goodput share",
            "",
            Better.HIGHER,
            "Answers that kept the bounds of their load (goodput) / requests that were due, of all replicas of a"
                    + " server together.");
    public static final Metric JOULES_PER_REQUEST = ofRun(
            "joules_per_request",
            "energy per request",
            "J",
            Better.LOWER,
            "Mean power of the GPU / requests answered a second, of all replicas of a server together.");

    public static final Metric RATE = ofRun(
            "tenant_units_per_sec",
            "throughput of a tenant",
            "units/s",
            Better.HIGHER,
            "Mean over the variant's tenants of their units per second; in exclusive mode over the turns of all, so n"
                    + " tenants have an nth of what each does in its own.");
    public static final Metric SLOWDOWN = ofRun(
            "slowdown", "slowdown", "×", Better.LOWER, "Throughput alone / shared, mean over the variant's tenants.");
    public static final Metric OVERHEAD = ofRun(
            "overhead_percent",
            "overhead",
            "%",
            Better.LOWER,
            "What a tenant loses against having the GPU alone: 100 · (1 - 1 / slowdown).");
    public static final Metric START_UP = ofRun(
            "start_up_s",
            "start-up",
            "s",
            Better.LOWER,
            "From the launch of a tenant until it is ready, mean over the variant's tenants.");
    public static final Metric P50 =
            ofRun("p50_ms", "p50", "ms", Better.LOWER, "Median latency of a step, over all tenants of the variant.");
    public static final Metric P90 =
            ofRun("p90_ms", "p90", "ms", Better.LOWER, "90th percentile of the latency of a step; from 44 latencies.");
    public static final Metric P99 =
            ofRun("p99_ms", "p99", "ms", Better.LOWER, "99th percentile of the latency of a step; from 459 latencies.");
    public static final Metric P99_SLOWDOWN = ofRun(
            "p99_slowdown",
            "p99 slowdown",
            "×",
            Better.LOWER,
            "99th percentile of latency shared / alone; from 459 latencies on each side.");
    public static final Metric GOODPUT = ofRun(
            "goodput_units_per_sec",
            "goodput of a tenant",
            "units/s",
            Better.HIGHER,
            "Throughput of a tenant · share of its steps within the bound that was given (--slo).");
    public static final Metric VARIANT_ATTAINMENT = ofRun(
            "attainment",
            "SLO attainment",
            "",
            Better.HIGHER,
            "Share of the steps within the bound that was given (--slo).");
    public static final Metric MODELLED_JOULES = ofRun(
            "modelled_joules_per_unit",
            "energy per unit (modelled)",
            "J",
            Better.LOWER,
            "A model: the energy of idling in equal shares, the rest in proportion to what the same work costs alone.");

    /** What says something only as far as the baselines do. */
    static final Set<String> AGAINST_ALONE = Set.of(
            STP.key(),
            ANTT.key(),
            FAIRNESS.key(),
            JAIN.key(),
            WORST_SLOWDOWN.key(),
            WORST_P99_SLOWDOWN.key(),
            WORST_P90_SLOWDOWN.key(),
            ENERGY_AGAINST_ALONE.key(),
            GPU_TIME_AGAINST_ALONE.key(),
            GPUS_SAVED.key(),
            SLOWDOWN.key(),
            OVERHEAD.key(),
            P99_SLOWDOWN.key(),
            MODELLED_JOULES.key());

    /** What says how long single steps took, or how many of them kept a bound. */
    static final Set<String> OF_STEPS = Set.of(
            P50.key(),
            P90.key(),
            P99.key(),
            P99_SLOWDOWN.key(),
            WORST_P99_SLOWDOWN.key(),
            WORST_P90_SLOWDOWN.key(),
            SLO_ATTAINMENT.key(),
            VARIANT_ATTAINMENT.key());

    /**
     * What differs between cards of one model, and between their hosts. The others are against each run's own
     * baseline.
     */
    static final Set<String> OF_CARDS = Set.of(
            THROUGHPUT.key(),
            RATE.key(),
            GOODPUT.key(),
            P50.key(),
            P90.key(),
            P99.key(),
            JOULES_PER_UNIT.key(),
            MODELLED_JOULES.key(),
            COST.key(),
            REQUESTS_ANSWERED.key(),
            REQUEST_P50.key(),
            REQUEST_P99.key(),
            GOODPUT_SHARE.key(),
            JOULES_PER_REQUEST.key());

    private Metrics() {}

    private static Metric ofRun(String key, String label, String unit, Better better, String definition) {
        return new Metric(key, Optional.empty(), label, unit, better, definition);
    }
}
