package io.gpushare.load.peak;

import io.gpushare.load.LoadEnd;
import io.gpushare.load.LoadOutcome;
import io.gpushare.load.account.LoadMetric;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.load.bound.Bound;
import io.gpushare.load.bound.Bound.Kept;
import java.util.List;

/**
 * One rate that was tried.
 *
 * @param rate requests a second that were asked for
 */
public record PeakStep(double rate, Outcome outcome, LoadSummary summary) {

    private static final double LATE_NANOS = 5e6;

    public enum Outcome {
        KEPT("kept"),
        /** With too few requests to be sure of a percentile. */
        KEPT_BY_FEW("kept, by few requests"),
        MISSED("missed"),
        SATURATED("over-saturated"),
        /** The load generator itself could not keep up, so nothing is said of the server. */
        GENERATOR_BEHIND("the load generator fell behind");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** By what was measured at that rate. */
    public static PeakStep of(double rate, LoadOutcome outcome, List<Bound> bounds) {
        return new PeakStep(rate, judge(outcome, bounds), outcome.summary());
    }

    private static Outcome judge(LoadOutcome outcome, List<Bound> bounds) {
        LoadSummary summary = outcome.summary();
        if (outcome.end() instanceof LoadEnd.Saturated) {
            return Outcome.SATURATED;
        }
        List<Kept> kept = bounds.stream().map(bound -> bound.judge(summary)).toList();
        if (kept.contains(Kept.MISSED)) {
            return isBehind(summary) ? Outcome.GENERATOR_BEHIND : Outcome.MISSED;
        }
        return kept.contains(Kept.KEPT_BY_FEW) ? Outcome.KEPT_BY_FEW : Outcome.KEPT;
    }

    /** What a load generator that is late itself measures are not the server's latencies. */
    private static boolean isBehind(LoadSummary summary) {
        return summary.distribution(LoadMetric.DISPATCH_LATENESS)
                .filter(lateness -> lateness.p99Nanos() > LATE_NANOS)
                .isPresent();
    }

    boolean kept() {
        return outcome == Outcome.KEPT || outcome == Outcome.KEPT_BY_FEW;
    }
}
