package io.gpushare.sampling;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * What the sampler takes from the machine besides GPUs; tests bring their own.
 *
 * @param patience with a driver that does not answer at the end. Then its thread is left behind: it is a daemon
 */
record Surroundings(Ticker ticker, Clock clock, Path procRoot, Duration patience) {
    static Surroundings system() {
        return new Surroundings(Ticker.system(), Clock.systemUTC(), Path.of("/proc"), Duration.ofSeconds(5));
    }
}
