package io.gpushare.analysis;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * How many latencies it takes before a percentile is more than a guess. Of n queries t were over the latency bound; it
 * may be said, with 99 % confidence, that at least the share p of all queries keeps the bound when n ≥ h + t, where h
 * is the smallest number with I(p; h, t + 1) ≤ 0.01, and I is the regularised incomplete beta function: the chance to
 * see h or more queries within the bound before t + 1 are over it, if the share within it were just p.
 *
 * <p>The early-stopping criterion of MLPerf Inference's LoadGen ("MLPerf Inference: Early Stopping", MLCommons).
 */
public final class EarlyStopping {
    public static final double CONFIDENCE = 0.99;

    private static final double MISTAKE = 0.01;

    private EarlyStopping() {}

    /** Of latencies, when none is over the bound: the least that says anything. */
    public static long minimumCount(double percentile) {
        return minimumCount(percentile, 0);
    }

    /**
     * @param percentile as a share: 0.99 for the 99th
     * @param overLatency how many are over the bound
     * @return of all latencies, those over the bound included
     */
    public static long minimumCount(double percentile, long overLatency) {
        requireShare(percentile);
        if (overLatency < 0) {
            throw new IllegalArgumentException("a count is at least 0, got " + overLatency);
        }
        long tooFew = 0;
        long enough = 1;
        while (!suffices(percentile, enough, overLatency)) {
            tooFew = enough;
            enough *= 2;
        }
        while (enough - tooFew > 1) {
            long middle = tooFew + (enough - tooFew) / 2;
            if (suffices(percentile, middle, overLatency)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return enough + overLatency;
    }

    /**
     * The most that may be over the bound among so many latencies. Empty where they are too few even without any.
     *
     * @param percentile as a share: 0.99 for the 99th
     */
    public static OptionalLong mostOver(double percentile, long count) {
        if (!isValidated(percentile, count)) {
            return OptionalLong.empty();
        }
        long possible = 0;
        long tooMany = count;
        while (tooMany - possible > 1) {
            long middle = possible + (tooMany - possible) / 2;
            if (suffices(percentile, count - middle, middle)) {
                possible = middle;
            } else {
                tooMany = middle;
            }
        }
        return OptionalLong.of(possible);
    }

    /** Whether a percentile of that many latencies may be called one. */
    public static boolean isValidated(double percentile, long count) {
        return count >= minimumCount(percentile);
    }

    /** A percentile in milliseconds; empty of so few latencies that it would be a guess. */
    public static OptionalDouble validatedMs(LatencyCounts latencies, double percentile) {
        return isValidated(percentile, latencies.count()) ? latencies.quantileMs(percentile) : OptionalDouble.empty();
    }

    static double requireShare(double percentile) {
        if (!(percentile > 0 && percentile < 1)) {
            throw new IllegalArgumentException("a percentile is between 0 and 1, got " + percentile);
        }
        return percentile;
    }

    private static boolean suffices(double percentile, long within, long overLatency) {
        return BetaDistribution.of((double) within, overLatency + 1.0).cumulativeProbability(percentile) <= MISTAKE;
    }
}
