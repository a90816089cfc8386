package io.gpushare.experiment.sweep;

import io.gpushare.plan.RunPlan;
import java.time.Duration;
import java.util.Optional;

/** How long runs that are still to come will take: their measurements, and what was seen to come on top. */
final class RemainingTime {
    /** To load, to warm up and to stop, as long as nothing was seen of it. */
    static final Duration USUALLY_AROUND_A_RUN = Duration.ofSeconds(15);

    private final boolean real;
    private Duration around = Duration.ZERO;
    private int seen;

    /** @param real false where a simulation takes no longer than it takes to compute */
    RemainingTime(boolean real) {
        this.real = real;
    }

    void took(RunPlan plan, Duration duration) {
        Duration more = duration.minus(measured(plan));
        around = around.plus(more.isNegative() ? Duration.ZERO : more);
        seen++;
    }

    /** Empty where nothing is known yet. */
    Optional<Duration> of(Iterable<RunPlan> plans) {
        if (!real && seen == 0) {
            return Optional.empty();
        }
        Duration onTop = seen == 0 ? USUALLY_AROUND_A_RUN : around.dividedBy(seen);
        Duration sum = Duration.ZERO;
        for (RunPlan plan : plans) {
            sum = sum.plus(measured(plan)).plus(onTop);
        }
        return Optional.of(sum);
    }

    private Duration measured(RunPlan plan) {
        return real ? plan.shortest() : Duration.ZERO;
    }
}
