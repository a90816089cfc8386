package io.gpushare.analysis;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How long one fixed piece of work took, each time that a tenant did it in one of its windows, on the core on which it
 * runs. A core whose physical core is shared with somebody else is almost half as fast for a while, and nothing else
 * tells: the hypervisor steals no time, and an idle core beside it runs at full speed.
 *
 * @param core on which the window ended, where the tenant knows it
 * @param nanos in the order in which they were taken
 * @param witnessed by a thread of gpushare on the same core: the program itself does not look
 */
public record CoreLoops(OptionalInt core, List<Long> nanos, boolean witnessed) {
    /**
     * What lasts this much longer than at full speed was on a slowed core. Measured on two hosts: loops lie between 1
     * and 1.3 times the level of full speed or between 1.5 and 2.2 times, and hardly any between.
     */
    static final double SLOWED = 1.35;

    /** What lasts longer still was not slowed but interrupted: somebody else had the core in between. */
    static final double INTERRUPTED = 3;

    /** The share of its loops whose time says how fast a core is at best: some lie below by chance. */
    private static final double BEST_SHARE = 0.15;

    /**
     * Right after the steps of some programs the loop takes a little longer, for the caches hold their data. More than
     * this is another speed.
     */
    private static final double OVER_THE_BEST = 1.2;

    public CoreLoops {
        nanos = List.copyOf(nanos);
    }

    /** As the program itself reports. */
    public CoreLoops(OptionalInt core, List<Long> nanos) {
        this(core, nanos, false);
    }

    /**
     * How long the loop takes at full speed, by all loops of one program: the faster ones of them. A program whose core
     * was slow all the time is told from others by the fastest loop on this host.
     *
     * @param fastestNanos on this host ever, if that is known
     */
    public static OptionalDouble fullSpeedNanos(List<CoreLoops> windows, OptionalDouble fastestNanos) {
        double[] sorted = windows.stream()
                .flatMap(window -> window.nanos().stream())
                .mapToDouble(Long::doubleValue)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        double own = sorted[(int) (BEST_SHARE * (sorted.length - 1))];
        return OptionalDouble.of(
                fastestNanos.isPresent() ? Math.min(own, OVER_THE_BEST * fastestNanos.getAsDouble()) : own);
    }

    public static boolean interrupted(long nanos, double fullSpeedNanos) {
        return nanos >= INTERRUPTED * fullSpeedNanos;
    }

    /** Or interrupted. */
    public static boolean slowed(long nanos, double fullSpeedNanos) {
        return nanos > SLOWED * fullSpeedNanos;
    }

    /** The share of its loops in which the core was slowed; empty where no loop tells. */
    public OptionalDouble slowedShare(double fullSpeedNanos) {
        return nanos.stream()
                .filter(loop -> !interrupted(loop, fullSpeedNanos))
                .mapToDouble(loop -> slowed(loop, fullSpeedNanos) ? 1 : 0)
                .average();
    }

    /** How fast it was while it was slowed, in relation to full speed; empty where it never was. */
    public static OptionalDouble slowedSpeed(List<CoreLoops> windows, double fullSpeedNanos) {
        return windows.stream()
                .flatMap(window -> window.nanos().stream())
                .filter(loop -> slowed(loop, fullSpeedNanos) && !interrupted(loop, fullSpeedNanos))
                .mapToDouble(loop -> fullSpeedNanos / loop)
                .average();
    }
}
