package io.gpushare.results.benchmark;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How fast a tenant's core was in the measured time.
 *
 * @param cores on which its windows ended; empty where it does not know
 * @param fullSpeedNanos how long its loop takes at full speed
 * @param slowedS of the measured time, in which the core was slowed
 * @param slowedSpeed meanwhile, in relation to full speed; empty where it never was slowed
 */
public record CoreSpeed(
        List<Integer> cores, double fullSpeedNanos, double measuredS, double slowedS, OptionalDouble slowedSpeed) {
    public CoreSpeed {
        cores = List.copyOf(cores);
    }

    public double slowedShare() {
        return measuredS > 0 ? slowedS / measuredS : 0;
    }
}
