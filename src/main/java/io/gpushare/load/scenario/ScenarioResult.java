package io.gpushare.load.scenario;

import io.gpushare.analysis.EarlyStopping;
import io.gpushare.analysis.LatencyBound;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import io.gpushare.text.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a scenario came to by LoadGen's rules.
 *
 * @param metric what the number is
 * @param value empty where there were too few queries for it
 * @param unit {@code ms} or {@code samples/s}
 * @param earlyStop empty where no percentile is asked for, or nothing was answered
 * @param faults why the result is not valid; none where it is
 */
public record ScenarioResult(
        ScenarioPlan plan,
        String metric,
        OptionalDouble value,
        String unit,
        Optional<EarlyStop> earlyStop,
        List<String> faults) {
    private static final String MS = "ms";
    private static final String SAMPLES = "samples/s";
    private static final double NANOS_PER_MS = 1e6;

    /** A load generator that is later than this does not send by the clock. */
    private static final double LATE_MS = 5;

    public ScenarioResult {
        faults = List.copyOf(faults);
    }

    public boolean valid() {
        return faults.isEmpty();
    }

    public static ScenarioResult of(ScenarioPlan plan, Queries queries) {
        List<String> faults = new ArrayList<>();
        requireWhole(plan, queries, faults);
        return switch (plan.scenario()) {
            case SINGLE_STREAM, MULTI_STREAM -> latency(plan, queries.latencies(), faults);
            case SERVER -> rate(plan, queries, faults);
            case OFFLINE -> throughput(plan, queries, faults);
        };
    }

    private static void requireWhole(ScenarioPlan plan, Queries queries, List<String> faults) {
        String seconds = Amount.decimals(queries.seconds(), 1) + " s";
        if (!queries.whole()) {
            faults.add("it was ended early, after " + seconds);
        } else if (plan.official() && queries.seconds() < Scenario.OFFICIAL_DURATION.toSeconds()) {
            faults.add("an official run lasts 600 s, and this one lasted " + seconds);
        }
        if (queries.unanswered() > 0) {
            faults.add(queries(queries.unanswered()) + " had no answer, and LoadGen takes none away");
        }
    }

    /**
     * LoadGen's estimate: the t-th largest latency, for the largest t of which so many queries may be over the
     * percentile with 99 % confidence. It is on the safe side, and nears the percentile with more queries.
     */
    private static ScenarioResult latency(ScenarioPlan plan, LatencyCounts latencies, List<String> faults) {
        double percentile = plan.scenario().percentile();
        String metric = "latency_p" + Math.round(100 * percentile) + "_early_stopping";
        long count = latencies.count();
        long over = Math.max(1, EarlyStopping.mostOver(percentile, count).orElse(0));
        EarlyStop stop = new EarlyStop(count, over, EarlyStopping.minimumCount(percentile, over));
        if (!stop.met()) {
            faults.add(queries(count) + " are too few: " + stop.needed() + " are the least for this percentile");
            return new ScenarioResult(plan, metric, OptionalDouble.empty(), MS, Optional.of(stop), faults);
        }
        // Half a rank below, so that no rounding takes the next one.
        double rank = (count - over + 0.5) / count;
        OptionalDouble value = OptionalDouble.of(latencies.quantileMs(rank).orElseThrow());
        return new ScenarioResult(plan, metric, value, MS, Optional.of(stop), faults);
    }

    private static ScenarioResult rate(ScenarioPlan plan, Queries queries, List<String> faults) {
        LatencyCounts latencies = queries.latencies();
        Optional<EarlyStop> stop = Optional.empty();
        if (latencies.count() == 0) {
            faults.add("no query was answered");
        } else {
            stop = Optional.of(bounded(plan, latencies, faults));
        }
        double lateMs = queries.latenessP99Ms().orElse(0);
        if (lateMs > LATE_MS) {
            faults.add("the load generator was late itself: p99 " + Figure.of(lateMs) + " ms");
        }
        OptionalDouble value = OptionalDouble.of(plan.samples() * queries.scheduledPerSec());
        return new ScenarioResult(plan, "scheduled_samples_per_sec", value, SAMPLES, stop, faults);
    }

    private static EarlyStop bounded(ScenarioPlan plan, LatencyCounts latencies, List<String> faults) {
        Duration bound = plan.latencyBound().orElseThrow();
        double percentile = plan.scenario().percentile();
        long over = latencies.countAbove((double) bound.toNanos());
        String slow = over + " of " + queries(latencies.count()) + " took longer than " + Durations.text(bound);
        switch (LatencyBound.judge(latencies, percentile, bound.toNanos() / NANOS_PER_MS)) {
            case LatencyBound.Met _ -> {}
            case LatencyBound.Broken _ -> faults.add(slow + ", and 1 % may");
            case LatencyBound.TooFew(double _, long needed) ->
                faults.add(slow + ", which are too few to be sure of 1 %: " + needed + " or more would do");
        }
        return new EarlyStop(latencies.count(), over, EarlyStopping.minimumCount(percentile, over));
    }

    private static ScenarioResult throughput(ScenarioPlan plan, Queries queries, List<String> faults) {
        long samples = queries.answered() * plan.samples();
        if (samples == 0) {
            faults.add("no query was answered");
        } else if (plan.official() && samples < Scenario.OFFICIAL_OFFLINE_SAMPLES) {
            faults.add("an official run has " + Scenario.OFFICIAL_OFFLINE_SAMPLES + " samples, and this one had "
                    + samples);
        }
        OptionalDouble value = OptionalDouble.of(plan.samples() * queries.answeredPerSec());
        return new ScenarioResult(plan, "samples_per_sec", value, SAMPLES, Optional.empty(), faults);
    }

    private static String queries(long count) {
        return count + (count == 1 ? " query" : " queries");
    }
}
