package io.gpushare.plan;

import java.time.Duration;

/**
 * When the baselines of a repetition are measured. A GPU that warms up, or a host that gets busy, must not look like
 * sharing: what changes with time has to fall on both.
 */
public enum BaselineTurn {
    /** Too short to be divided. */
    BEFORE(true, false),
    AFTER(false, true),
    /** Half of the time before the tenants share the GPU, and half after. */
    AROUND(true, true);

    /** Ten windows of a second are the least that tell anything. */
    private static final Duration LEAST_OF_A_HALF = Duration.ofSeconds(10);

    private final boolean before;
    private final boolean after;

    BaselineTurn(boolean before, boolean after) {
        this.before = before;
        this.after = after;
    }

    /** Repetitions begin with their baselines and end with them, in turn. */
    public static BaselineTurn of(RunPlan plan, int repetition) {
        if (plan.repeat() > 1) {
            return repetition % 2 == 1 ? BEFORE : AFTER;
        }
        boolean whole =
                plan.tenants().stream().anyMatch(tenant -> tenant.workload().completes());
        return !whole && plan.duration().dividedBy(2).compareTo(LEAST_OF_A_HALF) >= 0 ? AROUND : BEFORE;
    }

    public boolean before() {
        return before;
    }

    public boolean after() {
        return after;
    }

    public int stages() {
        return this == AROUND ? 2 : 1;
    }

    public Duration duration(Duration ofAll) {
        return this == AROUND ? ofAll.dividedBy(2) : ofAll;
    }
}
