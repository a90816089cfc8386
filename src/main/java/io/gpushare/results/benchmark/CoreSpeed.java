package io.gpushare.results.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How fast a tenant's core was in the measured time.
 *
 * @param cores on which its windows ended; empty where it does not know
 * @param fullSpeedNanos how long its loop takes at full speed
 * @param slowedS of the measured time, in which the core was slowed
 * @param sharedS in which another tenant of the run worked on the same physical core: what that costs is a cost of
 *     sharing, and does not count as slowed
 * @param slowedSpeed meanwhile, in relation to full speed; empty where it never was slowed
 * @param witnessed by gpushare, because the tenant does not look
 * @param effect on the tenant's throughput
 */
public record CoreSpeed(
        List<Integer> cores,
        double fullSpeedNanos,
        double measuredS,
        double slowedS,
        double sharedS,
        OptionalDouble slowedSpeed,
        boolean witnessed,
        Effect effect) {
    public CoreSpeed {
        cores = List.copyOf(cores);
    }

    /** What is known of what a slowed core does to the throughput. */
    public enum Effect {
        /** As far as the tenant's own windows show it. */
        OF_ITS_OWN,

        /** Tenants that do the same show it together, and were at full speed often enough. */
        KNOWN_OF_ALIKE,

        /** The run shows that there is none. */
        NONE
    }

    /**
     * With more slowed time than this, too little is seen of full speed: on an H200 host, figures of runs with more lay
     * three times as far apart as they claimed. Of tenants that are alike it is the time of all of them.
     */
    static final double MOST_SLOWED = 0.6;

    /** A core that was slowed for less of the time does not explain an error. */
    private static final double TO_BLAME = 0.1;

    /** Less slowed time than this shows nowhere. */
    private static final double WORTH_SAYING = 0.02;

    /** So much that its figures cannot be judged. */
    public boolean slowedAllTheTime() {
        return effect == Effect.OF_ITS_OWN && slowedShare() > MOST_SLOWED;
    }

    /** So much that it may be why a figure is not sure. */
    public boolean explainsAnError() {
        return !harmless() && slowedShare() >= TO_BLAME;
    }

    /** Whether the run shows that the tenant's throughput does not hang on the speed of its core. */
    public boolean harmless() {
        return effect == Effect.NONE;
    }

    public boolean sharesACore() {
        return sharedS >= WORTH_SAYING * measuredS && sharedS > 0;
    }

    public boolean worthSaying() {
        return slowedShare() >= WORTH_SAYING;
    }

    /** {@code core 12 ran at 57 % of its speed for 9.0 of 30.0 s}. */
    public String words() {
        String which = cores.isEmpty()
                ? "its core"
                : (cores.size() == 1 ? "core " : "cores ")
                        + cores.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s ran at %.0f %% of %s speed for %.1f of %.1f s%s",
                which,
                100 * slowedSpeed.orElse(1),
                cores.size() > 1 ? "their" : "its",
                slowedS,
                measuredS,
                harmless() ? ", which its throughput did not feel" : "");
    }

    public double slowedShare() {
        return measuredS > 0 ? slowedS / measuredS : 0;
    }
}
