package io.gpushare.sim;

import io.gpushare.sim.device.TimeSource;
import java.time.Duration;

/** Time that passes when a test says so. */
final class HandTime implements TimeSource {
    private long nanos;

    void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public long ticks() {
        return 77 + nanos;
    }

    @Override
    public long unixNanos() {
        return 1_800_000_000_000_000_000L + nanos;
    }
}
