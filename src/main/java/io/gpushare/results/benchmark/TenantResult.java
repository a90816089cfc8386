package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.EarlyStopping;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.reading.Reading;
import io.gpushare.workload.Workload;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one tenant did.
 *
 * @param variant the workload with its settings: tenants of one variant do the same
 * @param kind of the workload, as {@code training}
 * @param said its hello, as it came
 * @param launched what the runtime knows of it: pid, container, image digest
 * @param loadS and {@code warmupS}: by its own word
 * @param readyS from its launch until it was ready
 * @param startLateNanos behind the common start instant
 * @param unitsPerSec over the window in which every tenant was active
 * @param latency of a step, over the same windows
 * @param slowdown alone / shared throughput; {@code normalisedProgress} is its inverse
 * @param activeS of an interactive workload: the time in the window that was not idle
 * @param metrics the workload's own, from its result
 * @param windows all that it reported; {@link WindowResult#counted} says which make up the numbers above
 * @param log the file with its output, beside the result; absent when it printed nothing but messages
 */
public record TenantResult(
        int number,
        String workload,
        String variant,
        String kind,
        String unit,
        Optional<Problem> problem,
        Optional<ObjectNode> said,
        ObjectNode launched,
        Reading<Double> loadS,
        Reading<Double> warmupS,
        Reading<Double> readyS,
        Reading<Long> startLateNanos,
        double units,
        long steps,
        Reading<Double> unitsPerSec,
        Reading<Latency> latency,
        Reading<Double> slowdown,
        Reading<Double> normalisedProgress,
        Reading<Double> activeS,
        Reading<HostUse> host,
        Map<String, Double> metrics,
        List<WindowResult> windows,
        Reading<String> log) {
    public TenantResult {
        metrics = Map.copyOf(metrics);
        windows = List.copyOf(windows);
    }

    /**
     * Why it failed.
     *
     * @param kind {@code exit}, {@code timeout}, {@code protocol}, or the tenant's own ({@code oom}, {@code cuda}, {@code setup})
     */
    public record Problem(String kind, String message) {
        /** It was never measured, for a reason that was not its own. */
        public static final String CANCELLED = "cancelled";

        public boolean cancelled() {
            return kind.equals(CANCELLED);
        }
    }

    /**
     * Nearest-rank quantiles, at most 0.25 % off.
     *
     * @param p99Validated enough latencies for the 99th percentile to be more than a guess (MLPerf's early-stopping count)
     */
    public record Latency(
            long count, double meanMs, double p50Ms, double p90Ms, double p95Ms, double p99Ms, boolean p99Validated) {
        private static final double P99 = 0.99;
        private static final double NANOS_PER_MILLI = 1e6;

        public static Reading<Latency> of(LatencyCounts counts) {
            if (counts.count() == 0) {
                return Reading.notMeasured("no latency was reported in the measured time");
            }
            return Reading.of(new Latency(
                    counts.count(),
                    counts.meanNanos().orElseThrow() / NANOS_PER_MILLI,
                    millis(counts, 0.5),
                    millis(counts, 0.9),
                    millis(counts, 0.95),
                    millis(counts, P99),
                    EarlyStopping.isValidated(P99, counts.count())));
        }

        private static double millis(LatencyCounts counts, double quantile) {
            return counts.quantileNanos(quantile).orElseThrow() / NANOS_PER_MILLI;
        }
    }

    /** Of all its processes, in the window. */
    public record HostUse(double cpuS, Reading<Long> voluntarySwitches, Reading<Long> involuntarySwitches) {}

    public boolean failed() {
        return problem.isPresent();
    }

    /** Whether it pauses for a person: it does about as much beside others as alone, whatever they do to it. */
    public boolean waits() {
        return waits(kind);
    }

    /** @param kind of a workload, as in {@link #kind} */
    public static boolean waits(String kind) {
        return kind.equals(Workload.Kind.INTERACTIVE.name().toLowerCase(Locale.ROOT));
    }

    public TenantResult against(Reading<Double> newSlowdown) {
        return new TenantResult(
                number,
                workload,
                variant,
                kind,
                unit,
                problem,
                said,
                launched,
                loadS,
                warmupS,
                readyS,
                startLateNanos,
                units,
                steps,
                unitsPerSec,
                latency,
                newSlowdown,
                newSlowdown.map(times -> 1 / times),
                activeS,
                host,
                metrics,
                windows,
                log);
    }
}
