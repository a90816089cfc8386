package io.gpushare.load.scenario;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.load.LoadEnd;
import io.gpushare.load.LoadOutcome;
import io.gpushare.load.account.LoadMetric;
import io.gpushare.load.account.LoadSummary;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What came of the queries of a scenario, as far as its judgement needs it.
 *
 * @param whole whether it lasted as long as was planned
 * @param unanswered queries that failed, or were never sent
 * @param answeredPerSec answers that came in the measured time
 * @param latencies of those that were answered
 * @param latenessP99Ms by how much queries were sent too late; empty where none was sent
 */
public record Queries(
        boolean whole,
        double seconds,
        long unanswered,
        double scheduledPerSec,
        double answeredPerSec,
        LatencyCounts latencies,
        OptionalDouble latenessP99Ms) {
    /** Who is told to stop at a moment is up to this early. */
    private static final double NEARLY = 0.99;

    /** @param planned how long it was to last */
    public static Queries of(LoadOutcome outcome, Duration planned) {
        LoadSummary summary = outcome.summary();
        return new Queries(
                outcome.end() instanceof LoadEnd.Whole && summary.seconds() >= NEARLY * planned.toNanos() / 1e9,
                summary.seconds(),
                summary.errors() + summary.dropped(),
                summary.scheduledRate(),
                summary.requestThroughput(),
                summary.latencies(),
                summary.distribution(LoadMetric.DISPATCH_LATENESS)
                        .map(late -> OptionalDouble.of(late.p99Nanos() / 1e6))
                        .orElse(OptionalDouble.empty()));
    }

    /** In the measured time. */
    long answered() {
        return Math.round(answeredPerSec * seconds);
    }
}
