package io.gpushare.runtime.sim;

import io.gpushare.sim.event.CoreClock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The loop by which a tenant watches the speed of its core, as real ones time it between two steps. */
final class CoreLoopModel {
    private static final long BETWEEN_NANOS = 50_000_000;

    /** At full speed, as on the host of an H200. */
    private static final double FULL_SPEED_NANOS = 59_000;

    private static final double NOISE = 0.02;

    private final CoreClock core;
    private final SplittableRandom random;
    private List<Long> loops = new ArrayList<>();
    private long dueNanos;

    CoreLoopModel(CoreClock core, long seed) {
        this.core = core;
        this.random = new SplittableRandom(seed);
    }

    void stepEnded(long nanos) {
        if (nanos < dueNanos) {
            return;
        }
        dueNanos = nanos + BETWEEN_NANOS;
        double noise = 1 + NOISE * (2 * random.nextDouble() - 1);
        loops.add(Math.round(FULL_SPEED_NANOS * noise / core.speedAt(nanos)));
    }

    /** Since it was asked before. */
    List<Long> take() {
        List<Long> taken = loops;
        loops = new ArrayList<>();
        return taken;
    }
}
