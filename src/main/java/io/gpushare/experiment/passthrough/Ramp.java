package io.gpushare.experiment.passthrough;

import io.gpushare.failure.GpushareException;
import io.gpushare.text.Durations;
import java.time.Duration;
import java.util.Optional;

/**
 * What of a state's time is left out at its begin, while power and heat still rise or fall.
 *
 * @param length of it
 * @param rule by which it was chosen, in words
 */
public record Ramp(Duration length, String rule) {
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final int PART = 3;

    /** A baseboard answers every two to four seconds: three answers at least. */
    private static final Duration LEAST_LEFT = Duration.ofSeconds(12);

    /**
     * @param said by the user, if so
     * @param whole the time of a state
     */
    public static Ramp of(Optional<Duration> said, Duration whole) {
        Duration third = Duration.ofSeconds(whole.toSeconds() / PART);
        Duration usual = third.compareTo(SHORTEST) > 0 ? third : SHORTEST;
        Ramp ramp = said.map(length -> new Ramp(length, "the first " + Durations.text(length) + ", as --ramp says"))
                .orElse(new Ramp(usual, "the first third, and 10s at least"));
        if (whole.minus(ramp.length()).compareTo(LEAST_LEFT) < 0) {
            throw GpushareException.usage(
                    "of " + Durations.text(whole) + " the first " + Durations.text(ramp.length())
                            + " are left out, and what stays is too short for a baseboard, which answers every few"
                            + " seconds",
                    "Choose a --duration that is " + Durations.text(LEAST_LEFT) + " longer than the ramp, or a shorter"
                            + " --ramp.");
        }
        return ramp;
    }
}
