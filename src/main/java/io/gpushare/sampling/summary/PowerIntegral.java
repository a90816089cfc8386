package io.gpushare.sampling.summary;

import java.util.Optional;

/**
 * Energy as the integral of power samples: trapezoids between neighbours, cut exactly at whatever instant is asked for.
 * Neighbours further apart than the largest gap are not joined: that time counts as not covered. Keeps the last samples
 * only, so an instant must be asked for soon after it has passed.
 */
final class PowerIntegral {
    private static final int KEPT = 512;

    private final long largestGapNanos;
    private final long[] times = new long[KEPT];
    private final double[] watts = new double[KEPT];
    private final double[] joules = new double[KEPT];
    private final long[] covered = new long[KEPT];
    private long samples;

    PowerIntegral(long largestGapNanos) {
        this.largestGapNanos = largestGapNanos;
    }

    /** @param nanos later than the sample before; one that is not says nothing new */
    void add(long nanos, double power) {
        if (samples > 0 && nanos <= times[slot(samples - 1)]) {
            return;
        }
        int here = slot(samples);
        times[here] = nanos;
        watts[here] = power;
        joules[here] = 0;
        covered[here] = 0;
        if (samples > 0) {
            int before = slot(samples - 1);
            Progress progress = upTo(nanos, before, here);
            joules[here] = progress.joules();
            covered[here] = progress.coveredNanos();
        }
        samples++;
    }

    /** Energy and covered time from the first sample to this instant; empty before a sample behind it is known. */
    Optional<Progress> at(long nanos) {
        if (samples == 0 || nanos > times[slot(samples - 1)]) {
            return Optional.empty();
        }
        return Optional.of(soFar(nanos));
    }

    /** As {@link #at}, or up to the newest sample where that is earlier. */
    Progress soFar(long nanos) {
        long oldest = Math.max(0, samples - KEPT);
        for (long sample = samples - 1; sample >= oldest; sample--) {
            int here = slot(sample);
            if (times[here] <= nanos) {
                return sample == samples - 1
                        ? new Progress(joules[here], covered[here])
                        : upTo(nanos, here, slot(sample + 1));
            }
        }
        return Progress.NONE;
    }

    private Progress upTo(long nanos, int before, int after) {
        long gap = times[after] - times[before];
        if (gap > largestGapNanos) {
            return new Progress(joules[before], covered[before]);
        }
        long part = nanos - times[before];
        double powerThere = watts[before] + (watts[after] - watts[before]) * part / gap;
        double added = (watts[before] + powerThere) / 2 * part / 1e9;
        return new Progress(joules[before] + added, covered[before] + part);
    }

    private static int slot(long sample) {
        return (int) (sample % KEPT);
    }

    record Progress(double joules, long coveredNanos) {
        static final Progress NONE = new Progress(0, 0);

        Progress minus(Progress earlier) {
            return new Progress(joules - earlier.joules, coveredNanos - earlier.coveredNanos);
        }
    }
}
