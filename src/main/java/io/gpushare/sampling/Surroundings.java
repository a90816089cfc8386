package io.gpushare.sampling;

import java.nio.file.Path;
import java.time.Clock;

/** What the sampler takes from the machine besides GPUs; tests bring their own. */
record Surroundings(Ticker ticker, Clock clock, Path procRoot) {
    static Surroundings system() {
        return new Surroundings(Ticker.system(), Clock.systemUTC(), Path.of("/proc"));
    }
}
