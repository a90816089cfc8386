package io.gpushare.load.account;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether a server falls behind for good: requests under way grow steadily, by a share of all that come. A queue that
 * grows and shrinks again is none: over the last seconds the growth must be large against the swings around it.
 */
public final class SaturationWatch {
    /** Enough for a line through them to mean something. */
    private static final int SAMPLES = 20;

    /** Of the requests that come, this share at least stays behind. */
    private static final double LEAST_SHARE = 0.05;

    /** The line must rise by so many times the swings around it. */
    private static final double CLEARLY = 4;

    /** What waits must be worth this long of requests. */
    private static final double LEAST_QUEUE_SECONDS = 0.5;

    private final double rate;
    private final Deque<double[]> samples = new ArrayDeque<>();

    /** @param rate of requests that come, a second */
    public SaturationWatch(double rate) {
        this.rate = rate;
    }

    /** @return whether it is over-saturated by what was seen until now */
    public boolean add(double seconds, long underWay) {
        samples.addLast(new double[] {seconds, underWay});
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
        return samples.size() == SAMPLES && underWay >= LEAST_QUEUE_SECONDS * rate && risesClearly();
    }

    private boolean risesClearly() {
        double meanSeconds =
                samples.stream().mapToDouble(one -> one[0]).average().orElse(0);
        double mean = samples.stream().mapToDouble(one -> one[1]).average().orElse(0);
        double together = 0;
        double spread = 0;
        for (double[] one : samples) {
            together += (one[0] - meanSeconds) * (one[1] - mean);
            spread += Math.pow(one[0] - meanSeconds, 2);
        }
        double slope = spread > 0 ? together / spread : 0;
        double swings = 0;
        for (double[] one : samples) {
            swings += Math.pow(one[1] - mean - slope * (one[0] - meanSeconds), 2);
        }
        double swing = Math.sqrt(swings / SAMPLES);
        double rise = slope * (samples.getLast()[0] - samples.getFirst()[0]);
        return slope >= LEAST_SHARE * rate && rise >= CLEARLY * swing;
    }
}
