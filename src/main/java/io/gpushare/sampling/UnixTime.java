package io.gpushare.sampling;

import io.gpushare.time.Time;
import java.time.Instant;

/**
 * Ties the wall clock, in which a driver stamps what it records, to the sampler's monotonic time. The tie is made once,
 * so that stamps keep their distances, and made anew only after the wall clock was set.
 */
final class UnixTime {
    private static final long STEP_NANOS = 5_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int ATTEMPTS = 5;

    /** A driver's clock and this one differ by less. */
    private static final long TOLERANCE_MICROS = 1_000_000;

    private final Time clocks;
    private volatile long startTick;
    private volatile long unixNanosAtTickZero;

    UnixTime(Time clocks) {
        this.clocks = clocks;
        startTick = clocks.nanos();
        unixNanosAtTickZero = difference();
    }

    /**
     * Elapsed time is 0 now. What comes before, above all loading classes, takes long enough to matter.
     *
     * @return the wall time of now
     */
    long begin() {
        startTick = clocks.nanos();
        unixNanosAtTickZero = difference();
        return unixNanosAtTickZero + startTick;
    }

    long elapsedNanos() {
        return clocks.nanos() - startTick;
    }

    long elapsedNanosAt(long unixMicros) {
        return unixMicros * 1000 - unixNanosAtTickZero - startTick;
    }

    long unixMicrosAt(long elapsedNanos) {
        return (elapsedNanos + startTick + unixNanosAtTickZero) / 1000;
    }

    long nowUnixMicros() {
        return unixMicrosAt(elapsedNanos());
    }

    /** A stamp from further ahead than this is not a time, or it is from before the wall clock was set back. */
    boolean isAhead(long unixMicros) {
        return unixMicros > nowUnixMicros() + TOLERANCE_MICROS;
    }

    /** @return whether the wall clock was set since the last look */
    boolean followsAStep() {
        long difference = difference();
        if (Math.abs(difference - unixNanosAtTickZero) < STEP_NANOS) {
            return false;
        }
        unixNanosAtTickZero = difference;
        return true;
    }

    /** A thread may be put aside between two looks at two clocks: of several tries the quickest is right. */
    private long difference() {
        long best = 0;
        long quickest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long before = clocks.nanos();
            Instant wall = clocks.instant();
            long took = clocks.nanos() - before;
            if (took < quickest) {
                quickest = took;
                best = wall.getEpochSecond() * NANOS_PER_SECOND + wall.getNano() - before - took / 2;
            }
        }
        return best;
    }
}
