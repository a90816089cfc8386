package io.gpushare.sim.event;

import java.util.SplittableRandom;

/**
 * How fast one core of a simulated host is, instant by instant. A core of a quiet host is always at full speed. One of
 * a shared host has a neighbour on its physical core at times, and is slower then: it stays at either speed for some
 * seconds. Asked in the order of time.
 */
public final class CoreClock {
    /** As measured: a core's second thread leaves little more than half. */
    public static final double SLOWED_SPEED = 0.57;

    private static final double FULL_SPEED_S = 8;
    private static final double SLOWED_S = 3;

    private final SplittableRandom random;
    private boolean slowed;
    private long changesAtNanos;

    /** @param shared whether others have the second threads of the host's cores */
    public CoreClock(boolean shared, long seed) {
        this.random = new SplittableRandom(seed);
        this.slowed = shared && random.nextDouble() < SLOWED_S / (SLOWED_S + FULL_SPEED_S);
        this.changesAtNanos = shared ? lasts() : Long.MAX_VALUE;
    }

    /** In relation to full speed. */
    public double speedAt(long nanos) {
        while (nanos >= changesAtNanos) {
            slowed = !slowed;
            changesAtNanos += lasts();
        }
        return slowed ? SLOWED_SPEED : 1;
    }

    private long lasts() {
        double mean = slowed ? SLOWED_S : FULL_SPEED_S;
        return Math.max(1, Math.round(-Math.log(1 - random.nextDouble()) * mean * 1e9));
    }
}
