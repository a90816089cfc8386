package io.gpushare.experiment.isolate;

import io.gpushare.plan.TenantPlan;
import io.gpushare.workload.Parameter;
import java.time.Duration;
import java.util.Optional;

/**
 * When a neighbour misbehaves, in seconds of the measured time.
 *
 * @param after it begins
 * @param goesOn for so long, if it goes on
 * @param bound so long lasts what would not end by itself
 */
public record Timing(double after, double goesOn, double bound) {
    /** In which the victim may come back. */
    private static final double AFTERWARDS_S = 4;

    /** As the workload is told, or takes by itself. */
    public static Timing of(TenantPlan neighbour) {
        return new Timing(seconds(neighbour, "after"), seconds(neighbour, "for"), seconds(neighbour, "bound"));
    }

    private static double seconds(TenantPlan neighbour, String parameter) {
        return Optional.ofNullable(neighbour.settings().get(parameter))
                .or(() -> Optional.ofNullable(neighbour.workload().parameters().get(parameter))
                        .flatMap(Parameter::defaultValue))
                .map(Double::parseDouble)
                .orElse(0.0);
    }

    /** In which it quietly begins, misbehaves, and is quiet again. */
    public Duration whole() {
        return Duration.ofMillis(Math.round(1000 * (after + Math.max(goesOn, bound) + AFTERWARDS_S)));
    }

    double lasts(Misbehaviour what) {
        return switch (what.course()) {
            case GOES_ON -> goesOn;
            case BOUNDED, STANDS_STILL -> bound;
            case DIES -> 0;
        };
    }
}
