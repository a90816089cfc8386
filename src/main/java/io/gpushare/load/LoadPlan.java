package io.gpushare.load;

import io.gpushare.load.account.Goal;
import io.gpushare.load.bound.Bound;
import java.time.Duration;
import java.util.List;

/**
 * One measurement.
 *
 * @param warmUp loaded in the same way before it, and not counted
 * @param timeout of a request, from when it was meant to be sent
 * @param abortIf what ends it early
 * @param stopsWhenSaturated whether it is cut short where the server falls behind for good
 */
public record LoadPlan(
        LoadShape shape,
        Duration warmUp,
        Duration duration,
        Duration timeout,
        long seed,
        Goal goal,
        List<Bound> abortIf,
        boolean stopsWhenSaturated) {
    public LoadPlan {
        abortIf = List.copyOf(abortIf);
    }

    /** The same with another load. */
    public LoadPlan with(LoadShape another) {
        return new LoadPlan(another, warmUp, duration, timeout, seed, goal, abortIf, stopsWhenSaturated);
    }
}
