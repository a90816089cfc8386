package io.gpushare.experiment.stress;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the tenants of one step did together.
 *
 * @param total units per second of all tenants; of different workloads, times the work of one tenant alone
 * @param errorPercent half of the 95 % interval of the total, in percent of it; absent where the run does not tell
 * @param slowdown of a tenant on average, against one alone
 * @param tail of the variant whose tail is longest
 * @param bound whether all bounds on latency were kept; empty where none was given, or nothing tells
 * @param meanW and {@code peakW}: of the GPU in the window
 * @param joulesPerUnit where all tenants do the same
 * @param doubts why the run is INVALID though all tenants worked, in words
 */
public record StepWork(
        double total,
        OptionalDouble errorPercent,
        double slowdown,
        Optional<Tail> tail,
        Optional<Kept> bound,
        OptionalDouble meanW,
        OptionalDouble peakW,
        OptionalDouble joulesPerUnit,
        List<String> doubts) {
    public StepWork {
        doubts = List.copyOf(doubts);
    }

    /** @param sure enough latencies for the percentile to be more than a guess */
    public record Tail(double ms, boolean sure) {}

    /** From the worst to the best. */
    public enum Kept {
        MISSED,
        /** Those that were seen keep it, and are too few to tell. */
        TOO_FEW,
        KEPT
    }

    double error() {
        return errorPercent.orElse(0);
    }
}
