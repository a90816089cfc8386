package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.EarlyStopping;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.plan.TenantPlan;
import io.gpushare.reading.Reading;
import io.gpushare.results.InFile;
import io.gpushare.workload.Workload;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What one tenant did.
 *
 * @param slowdown alone / shared throughput
 * @param errors how sure its figures are
 * @param metrics the workload's own, from its result
 * @param load what was put on it, and how it went; empty where it serves nobody, or did not come to its end
 * @param log the file with its output, beside the result; absent when it printed nothing but messages
 */
public record TenantResult(
        Identity identity,
        Optional<Problem> problem,
        Start start,
        Work work,
        Reading<Double> slowdown,
        Errors errors,
        Reading<HostUse> host,
        Map<String, Double> metrics,
        Reading<String> log,
        Optional<ServedLoad> load) {
    /** Of a program that was measured to its own end: from its launch, in seconds. */
    public static final String TIME_TO_COMPLETION = "time_to_completion_s";

    public TenantResult {
        metrics = Map.copyOf(metrics);
    }

    /**
     * Which tenant this is.
     *
     * @param variant the workload with its settings: tenants of one variant do the same
     * @param kind of the workload, as {@code training}; {@code open_server} for a server whose requests come by the
     *     clock
     */
    public record Identity(int number, String workload, String variant, String kind, String unit) {}

    /**
     * How it came to work.
     *
     * @param said its hello, as it came
     * @param launched what the runtime knows of it: pid, container, image digest
     * @param loadS and {@code warmupS}: by its own word
     * @param readyS from its launch until it was ready
     * @param lateNanos how long after the common start instant it started
     */
    public record Start(
            Optional<ObjectNode> said,
            ObjectNode launched,
            Reading<Double> loadS,
            Reading<Double> warmupS,
            Reading<Double> readyS,
            @InFile(name = "start_late_ns") Reading<Long> lateNanos) {}

    /**
     * What it did in the time in which every tenant was active.
     *
     * @param measuredUnitsPerSec over all of that time, however fast the core was
     * @param measuredLatency of a step, likewise
     * @param activeS of an interactive workload: the time that was not idle
     * @param core how fast its core was
     * @param atFullSpeed what it would have done had no core been slowed; empty where none was, or too little is known
     * @param windows all that it reported; {@link WindowResult#counted} says which make up the numbers
     */
    public record Work(
            double units,
            long steps,
            Reading<Double> measuredUnitsPerSec,
            Reading<Latency> measuredLatency,
            Reading<Double> activeS,
            Reading<CoreSpeed> core,
            Optional<AtFullSpeed> atFullSpeed,
            List<WindowResult> windows) {
        public Work {
            windows = List.copyOf(windows);
        }

        public static Work of(List<WindowResult> windows, Reading<Double> activeS) {
            List<WindowResult> counted =
                    windows.stream().filter(WindowResult::counted).toList();
            double units = counted.stream().mapToDouble(WindowResult::units).sum();
            double seconds = counted.stream()
                    .mapToDouble(window -> window.untilS() - window.fromS())
                    .sum();
            return new Work(
                    units,
                    counted.stream().mapToLong(WindowResult::steps).sum(),
                    seconds > 0
                            ? Reading.of(units / seconds)
                            : Reading.notMeasured("no step ended in a time in which every tenant was active"),
                    Latency.of(counted.stream()
                            .map(WindowResult::latency)
                            .reduce(LatencyCounts.NONE, LatencyCounts::plus)),
                    activeS,
                    Reading.notMeasured("nobody looked at the speed of its core"),
                    Optional.empty(),
                    windows);
        }

        /** With what is known of the cores. */
        public Work with(Reading<CoreSpeed> newCore, Optional<AtFullSpeed> newAtFullSpeed) {
            return new Work(
                    units, steps, measuredUnitsPerSec, measuredLatency, activeS, newCore, newAtFullSpeed, windows);
        }

        public Reading<Double> unitsPerSec() {
            return atFullSpeed.map(speed -> Reading.of(speed.unitsPerSec())).orElse(measuredUnitsPerSec);
        }

        public Reading<Latency> latency() {
            return atFullSpeed.map(AtFullSpeed::latency).orElse(measuredLatency);
        }

        /** As if the next windows had come right after these. */
        Work followedBy(Work next) {
            double laterS = windows.isEmpty() ? 0 : windows.getLast().untilS();
            List<WindowResult> all = Stream.concat(
                            windows.stream(), next.windows.stream().map(window -> window.later(laterS)))
                    .toList();
            return of(all, activeS.join(next.activeS, Double::sum));
        }

        /** For whoever needs the sums only, of which there may be many. */
        public Work withoutWindows() {
            return new Work(units, steps, measuredUnitsPerSec, measuredLatency, activeS, core, atFullSpeed, List.of());
        }
    }

    /**
     * What a tenant does while no core is slowed.
     *
     * @param unitsPerSec see {@link io.gpushare.analysis.FullSpeedRate}
     * @param latency in the windows in which its own core was at full speed; of all windows where those are too few
     */
    public record AtFullSpeed(
            @InFile(name = "throughput_units_per_sec") double unitsPerSec, Reading<Latency> latency) {}

    /**
     * Why it failed.
     *
     * @param kind {@code exit}, {@code timeout}, {@code protocol}, or the tenant's own ({@code oom}, {@code cuda},
     *     {@code setup})
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
     * @param p99Validated enough latencies for the 99th percentile to be more than a guess (MLPerf's early-stopping
     *     count)
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
                    counts.quantileMs(0.5).orElseThrow(),
                    counts.quantileMs(0.9).orElseThrow(),
                    counts.quantileMs(0.95).orElseThrow(),
                    counts.quantileMs(P99).orElseThrow(),
                    EarlyStopping.isValidated(P99, counts.count())));
        }
    }

    /**
     * Of all its processes, in the window.
     *
     * @param waitedS for a core, though a thread could have run; added up over the threads
     */
    public record HostUse(
            double cpuS,
            Reading<Long> voluntarySwitches,
            Reading<Long> involuntarySwitches,
            @InFile(otherwise = "it was not asked for") Reading<Double> waitedS) {
        HostUse plus(HostUse other) {
            return new HostUse(
                    cpuS + other.cpuS,
                    voluntarySwitches.join(other.voluntarySwitches, Long::sum),
                    involuntarySwitches.join(other.involuntarySwitches, Long::sum),
                    waitedS.join(other.waitedS, Double::sum));
        }
    }

    /** From its launch, of a program that was measured to its own end. */
    public Optional<Double> timeToCompletionS() {
        return Optional.ofNullable(metrics.get(TIME_TO_COMPLETION));
    }

    /** Whether it was measured to its own end, and only how long that took is known of it. */
    public boolean completed() {
        return metrics.containsKey(TIME_TO_COMPLETION) && work.windows().size() == 1;
    }

    public boolean failed() {
        return problem.isPresent();
    }

    /**
     * Whether it pauses for somebody, a person or requests that come by the clock: it does about as much beside others
     * as alone, whatever they do to it.
     */
    public boolean waits() {
        return waits(kind());
    }

    /** @param kind of a workload, as in {@link #kind} */
    public static boolean waits(String kind) {
        return kind.equals(Workload.Kind.INTERACTIVE.name().toLowerCase(Locale.ROOT)) || isOpenServer(kind);
    }

    /** Whether its requests come by the clock, so that how many it answers says nothing of sharing. */
    public boolean isOpenServer() {
        return isOpenServer(kind());
    }

    public static boolean isOpenServer(String kind) {
        return kind.equals(TenantPlan.OPEN_SERVER);
    }

    /** @param errorPercent of the slowdown, where it is known */
    public TenantResult against(Reading<Double> newSlowdown, OptionalDouble errorPercent) {
        return with(work, newSlowdown, errors.withSlowdown(errorPercent), load);
    }

    /** @param alone the same load on a server that had the GPU to itself */
    TenantResult comparedWith(Optional<ServedLoad> alone) {
        return with(work, slowdown, errors, load.map(own -> own.against(alone)));
    }

    /** What it and its successor, which went on with the same work, did in all. */
    public TenantResult followedBy(TenantResult next) {
        return new TenantResult(
                identity,
                problem.or(next::problem),
                start,
                work.followedBy(next.work),
                slowdown,
                Errors.UNKNOWN,
                host.join(next.host, HostUse::plus),
                next.metrics.isEmpty() ? metrics : next.metrics,
                log.asOptional().isPresent() ? log : next.log,
                load.isPresent() && next.load.isPresent()
                        ? Optional.of(load.get().followedBy(next.load.get()))
                        : load.or(() -> next.load));
    }

    /** Whatever the speed of the cores was. */
    TenantResult asMeasured() {
        return with(work.with(work.core(), Optional.empty()), Errors.UNKNOWN);
    }

    TenantResult with(Work newWork, Errors newErrors) {
        return with(newWork, slowdown, newErrors, load);
    }

    private TenantResult with(
            Work newWork, Reading<Double> newSlowdown, Errors newErrors, Optional<ServedLoad> newLoad) {
        return new TenantResult(identity, problem, start, newWork, newSlowdown, newErrors, host, metrics, log, newLoad);
    }

    public int number() {
        return identity.number();
    }

    public String workload() {
        return identity.workload();
    }

    public String variant() {
        return identity.variant();
    }

    public String kind() {
        return identity.kind();
    }

    public String unit() {
        return identity.unit();
    }

    public Reading<Double> unitsPerSec() {
        return work.unitsPerSec();
    }

    public Reading<Latency> latency() {
        return work.latency();
    }

    /** The inverse of the slowdown: shared / alone throughput. */
    public Reading<Double> normalisedProgress() {
        return slowdown.map(times -> 1 / times);
    }
}
