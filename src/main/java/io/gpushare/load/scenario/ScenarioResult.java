package io.gpushare.load.scenario;

import io.gpushare.analysis.EarlyStopping;
import io.gpushare.analysis.LatencyBound;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.load.LoadEnd;
import io.gpushare.load.LoadOutcome;
import io.gpushare.load.account.LoadMetric;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import io.gpushare.text.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a scenario came to by LoadGen's rules.
 *
 * @param metric what the number is
 * @param value empty where there were too few queries for it
 * @param unit {@code ms} or {@code samples/s}
 * @param faults why the result is not valid; none where it is
 */
public record ScenarioResult(String metric, OptionalDouble value, String unit, List<String> faults) {
    private static final double NANOS_PER_MS = 1e6;

    /** A load generator that is later than this does not send by the clock. */
    private static final double LATE_MS = 5;

    public ScenarioResult {
        faults = List.copyOf(faults);
    }

    public boolean valid() {
        return faults.isEmpty();
    }

    public static ScenarioResult of(ScenarioPlan plan, LoadOutcome outcome) {
        LoadSummary summary = outcome.summary();
        List<String> faults = new ArrayList<>();
        requireWhole(plan, outcome, faults);
        return switch (plan.scenario()) {
            case SINGLE_STREAM, MULTI_STREAM -> latency(plan.scenario(), summary, faults);
            case SERVER -> rate(plan, summary, faults);
            case OFFLINE -> throughput(plan, summary, faults);
        };
    }

    private static void requireWhole(ScenarioPlan plan, LoadOutcome outcome, List<String> faults) {
        LoadSummary summary = outcome.summary();
        if (!(outcome.end() instanceof LoadEnd.Whole)) {
            faults.add("it was ended early, after " + Amount.decimals(summary.seconds(), 1) + " s");
        } else if (plan.official() && summary.seconds() < Scenario.OFFICIAL_DURATION.toSeconds()) {
            faults.add(
                    "an official run lasts 600 s, and this one lasted " + Amount.decimals(summary.seconds(), 1) + " s");
        }
        if (summary.errors() + summary.dropped() > 0) {
            faults.add(queries(summary.errors() + summary.dropped()) + " had no answer, and LoadGen takes none away");
        }
    }

    /**
     * LoadGen's estimate: the t-th largest latency, for the largest t of which so many queries may be over the
     * percentile with 99 % confidence. It is on the safe side, and nears the percentile with more queries.
     */
    private static ScenarioResult latency(Scenario scenario, LoadSummary summary, List<String> faults) {
        LatencyCounts latencies = summary.latencies();
        String metric = "latency_p" + Math.round(100 * scenario.percentile()) + "_early_stopping";
        OptionalLong over = EarlyStopping.mostOver(scenario.percentile(), latencies.count());
        if (over.isEmpty() || over.getAsLong() == 0) {
            faults.add(queries(latencies.count()) + " are too few: "
                    + EarlyStopping.minimumCount(scenario.percentile(), 1) + " are the least for this percentile");
            return new ScenarioResult(metric, OptionalDouble.empty(), "ms", faults);
        }
        // Half a rank below, so that no rounding takes the next one.
        double rank = (latencies.count() - over.getAsLong() + 0.5) / latencies.count();
        OptionalDouble nanos = latencies.quantileNanos(rank);
        return new ScenarioResult(metric, OptionalDouble.of(nanos.orElseThrow() / NANOS_PER_MS), "ms", faults);
    }

    private static ScenarioResult rate(ScenarioPlan plan, LoadSummary summary, List<String> faults) {
        Duration bound = plan.latencyBound().orElseThrow();
        double boundMs = bound.toNanos() / NANOS_PER_MS;
        LatencyCounts latencies = summary.latencies();
        if (latencies.count() == 0) {
            faults.add("no query was answered");
        } else {
            String slow = latencies.countAbove((double) bound.toNanos()) + " of " + queries(latencies.count())
                    + " took longer than " + Durations.text(bound);
            switch (LatencyBound.judge(latencies, plan.scenario().percentile(), boundMs)) {
                case LatencyBound.Met _ -> {}
                case LatencyBound.Broken _ -> faults.add(slow + ", and 1 % may");
                case LatencyBound.TooFew(double _, long needed) ->
                    faults.add(slow + ", which are too few to be sure of 1 %: " + needed + " or more would do");
            }
        }
        summary.distribution(LoadMetric.DISPATCH_LATENESS)
                .filter(late -> late.p99Nanos() > LATE_MS * NANOS_PER_MS)
                .ifPresent(late -> faults.add("the load generator was late itself: p99 "
                        + Figure.of(late.p99Nanos() / NANOS_PER_MS) + " ms"));
        return new ScenarioResult(
                "scheduled_samples_per_sec",
                OptionalDouble.of(plan.samples() * summary.scheduledRate()),
                "samples/s",
                faults);
    }

    private static ScenarioResult throughput(ScenarioPlan plan, LoadSummary summary, List<String> faults) {
        long samples = summary.done() * plan.samples();
        if (samples == 0) {
            faults.add("no query was answered");
        } else if (plan.official() && samples < Scenario.OFFICIAL_OFFLINE_SAMPLES) {
            faults.add("an official run has " + Scenario.OFFICIAL_OFFLINE_SAMPLES + " samples, and this one had "
                    + samples);
        }
        return new ScenarioResult(
                "samples_per_sec",
                OptionalDouble.of(plan.samples() * summary.requestThroughput()),
                "samples/s",
                faults);
    }

    private static String queries(long count) {
        return count + (count == 1 ? " query" : " queries");
    }
}
