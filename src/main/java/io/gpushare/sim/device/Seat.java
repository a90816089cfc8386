package io.gpushare.sim.device;

import io.gpushare.sim.event.StepListener;

/** The place of one tenant on the machine: its process and its memory. Safe for use by several threads. */
public interface Seat extends AutoCloseable {
    /**
     * Begins to work. Steps are reported in time since this start.
     *
     * @param unixNanos when, on the system's clock; the first step of a tenant whose instant has passed begins now
     */
    void start(long unixNanos, StepListener listener);

    /** Stops working once everything up to now was reported, and gives its memory back. Idempotent. */
    @Override
    void close();
}
