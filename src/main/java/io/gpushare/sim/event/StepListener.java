package io.gpushare.sim.event;

/**
 * Told of each step of a client, in the order of time. Called while the simulation advances: it must return at once.
 */
@FunctionalInterface
public interface StepListener {
    void stepDone(long beganNanos, long endedNanos);
}
