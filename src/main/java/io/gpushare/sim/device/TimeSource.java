package io.gpushare.sim.device;

import java.time.Instant;

/** The two clocks that the simulation reads. */
public interface TimeSource {
    /** Monotonic, of use in differences only. */
    long ticks();

    long unixNanos();

    static TimeSource system() {
        return new TimeSource() {
            @Override
            public long ticks() {
                return System.nanoTime();
            }

            @Override
            public long unixNanos() {
                Instant now = Instant.now();
                return now.getEpochSecond() * 1_000_000_000 + now.getNano();
            }
        };
    }
}
