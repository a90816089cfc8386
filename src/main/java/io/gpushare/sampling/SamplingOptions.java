package io.gpushare.sampling;

import io.gpushare.platform.Platform;
import java.time.Duration;

/**
 * How to sample.
 *
 * @param interval of the cheap readings, 1 ms to 1 s; everything dearer is read once a second
 * @param simulated whether the GPUs are, which the file then says
 * @param platform who is asked for the machine around the GPUs
 */
public record SamplingOptions(Duration interval, boolean simulated, Platform platform) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    public static final SamplingOptions DEFAULT =
            new SamplingOptions(Duration.ofMillis(100), false, Platform.silent("nobody was asked"));

    public SamplingOptions {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the sampling interval must be 1 ms to 1 s, got " + interval.toNanos() / 1e6 + " ms");
        }
    }

    public SamplingOptions every(Duration newInterval) {
        return new SamplingOptions(newInterval, simulated, platform);
    }

    public SamplingOptions ofSimulatedGpus(boolean are) {
        return new SamplingOptions(interval, are, platform);
    }

    public SamplingOptions on(Platform newPlatform) {
        return new SamplingOptions(interval, simulated, newPlatform);
    }
}
