package io.gpushare.load.scenario;

import java.time.Duration;
import java.util.Optional;

/**
 * A scenario as it is to be run. A request is a query.
 *
 * @param official by LoadGen's minimum duration and counts; what is shorter is marked so
 * @param samples that a request holds
 * @param latencyBound of the scenario {@code server}, which has one
 */
public record ScenarioPlan(Scenario scenario, boolean official, int samples, Optional<Duration> latencyBound) {
    public ScenarioPlan {
        if (samples < 1) {
            throw new IllegalArgumentException("a request holds at least one sample, got " + samples);
        }
        if ((scenario == Scenario.SERVER) != latencyBound.isPresent()) {
            throw new IllegalArgumentException("the scenario server has a latency bound, and the others have none");
        }
    }

    /** The same, of which less is asked. */
    public ScenarioPlan shortened() {
        return new ScenarioPlan(scenario, false, samples, latencyBound);
    }
}
