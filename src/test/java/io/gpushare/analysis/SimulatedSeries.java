package io.gpushare.analysis;

import io.gpushare.analysis.CommonWindow.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Series as real tenants report them, of known truth. */
enum SimulatedSeries {
    WHITE(0),
    ALIKE_BY_0_3(0.3),
    ALIKE_BY_0_6(0.6),

    /** A core that is slow, by 0.65, a quarter of the time, for two seconds in the mean. */
    FLIPPING(Double.NaN);

    private static final Map<SimulatedSeries, Map<Integer, Long>> ENDLESS = new ConcurrentHashMap<>();
    static final double VARIATION = 0.05;
    private static final double SLOW = 0.65;
    private static final double SHARE_SLOW = 0.25;
    private static final double TENTHS_SLOW = 20;
    private static final double STEPS_PER_SEC = 50;
    private static final double STEP_SIGMA = 0.1;

    private final double alike;

    SimulatedSeries(double alike) {
        this.alike = alike;
    }

    double meanLevel() {
        return this == FLIPPING ? 1 - SHARE_SLOW * (1 - SLOW) : 1;
    }

    /** Of throughput, as a share of full speed. */
    double[] levels(SplittableRandom random, int windows) {
        return this == FLIPPING ? flipping(random, windows) : autoregressive(random, windows, alike);
    }

    static double[] autoregressive(SplittableRandom random, int windows, double alike) {
        double[] levels = new double[windows];
        double state = random.nextGaussian();
        for (int i = 0; i < windows; i++) {
            levels[i] = 1 + VARIATION * state;
            state = alike * state + Math.sqrt(1 - alike * alike) * random.nextGaussian();
        }
        return levels;
    }

    private static double[] flipping(SplittableRandom random, int windows) {
        double[] levels = new double[windows];
        double toFast = 1 / TENTHS_SLOW;
        double toSlow = toFast * SHARE_SLOW / (1 - SHARE_SLOW);
        boolean slow = random.nextDouble() < SHARE_SLOW;
        for (int i = 0; i < windows; i++) {
            levels[i] = 0.01 * random.nextGaussian();
            for (int tenth = 0; tenth < 10; tenth++) {
                levels[i] += (slow ? SLOW : 1) / 10;
                slow = random.nextDouble() < (slow ? toFast : toSlow) != slow;
            }
        }
        return levels;
    }

    /** Of about a second, one after the other, beginning at any part of a second. */
    static List<Window> windows(SplittableRandom random, double[] levels, double unitsPerSec) {
        List<Window> windows = new ArrayList<>();
        double from = random.nextDouble();
        for (double level : levels) {
            double until = from + 1 + 0.02 * random.nextDouble();
            windows.add(new Window(from, until, level * unitsPerSec * (until - from), 50));
            from = until;
        }
        return windows;
    }

    /** Steps one after the other, each log-normal around the level of its window, which ends with a step. */
    List<LatencyCounts> latencies(SplittableRandom random, int windows) {
        double[] levels = levels(random, windows);
        List<LatencyCounts> latencies = new ArrayList<>();
        for (double level : levels) {
            int[] buckets = new int[(int) (4 * STEPS_PER_SEC)];
            int steps = 0;
            for (double second = 0; second < 1; steps++) {
                double logSeconds = STEP_SIGMA * random.nextGaussian() - Math.log(level * STEPS_PER_SEC);
                buckets[steps] = (int) Math.ceil((logSeconds + Math.log(1e9)) / Math.log(LatencyCounts.GAMMA));
                second += Math.exp(logSeconds);
            }
            latencies.add(counted(Arrays.copyOf(buckets, steps)));
        }
        return latencies;
    }

    private static LatencyCounts counted(int[] buckets) {
        Arrays.sort(buckets);
        int[] distinct = Arrays.stream(buckets).distinct().toArray();
        long[] counts = new long[distinct.length];
        int place = 0;
        for (int bucket : buckets) {
            place += bucket == distinct[place] ? 0 : 1;
            counts[place]++;
        }
        return LatencyCounts.ofAscending(distinct, counts);
    }

    /** Of a series without end; between the borders of a bucket by rank, so that it is not a bucket's own value. */
    double trueNanos(double share) {
        Map<Integer, Long> counts = ENDLESS.computeIfAbsent(this, SimulatedSeries::endless);
        double left =
                share * counts.values().stream().mapToLong(Long::longValue).sum();
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            if (left <= entry.getValue()) {
                return Math.pow(LatencyCounts.GAMMA, entry.getKey() - 1 + left / entry.getValue());
            }
            left -= entry.getValue();
        }
        throw new IllegalArgumentException("no such share: " + share);
    }

    private static Map<Integer, Long> endless(SimulatedSeries series) {
        Map<Integer, Long> counts = new TreeMap<>();
        series.latencies(new SplittableRandom(99), 8000)
                .forEach(window -> window.counts().forEach((bucket, count) -> counts.merge(bucket, count, Long::sum)));
        return counts;
    }
}
