package io.gpushare.analysis;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Whether a measurement was steady over the whole of its time: the means of the first, the middle and the last third of
 * its windows differ, of throughput as of mean latency, by no more than is allowed. A quantity that is not known in all
 * windows is not judged.
 *
 * <p>Allowed between two thirds is, as a share of the mean of all windows,
 *
 * <pre>10 % + 2 · 15 % · √(2 · 3 / k)     at most 50 %; k = ⌊n / 3⌋ of n windows</pre>
 *
 * <p>The first term is what does not matter. The second is twice the error of such a difference on a host that has
 * other guests: single windows of a second vary there by up to 15 % (coefficient of variation), and neighbours are
 * alike, for what disturbs them (a core that runs slower for some seconds) outlasts a window, so that three count as
 * one. The error is known beforehand rather than estimated, because some ten windows that depend on each other do not
 * tell it. So 50 % are allowed in ten windows, 33 % in thirty, 26 % in sixty: wobble averages out as a measurement gets
 * longer, and drift does not.
 *
 * <p>Of the latencies in a window it is the mean, not the median: where neighbours come and go there are two kinds of
 * steps, and the median jumps from the one to the other.
 *
 * <p>A core that flips once between its two speeds, 1 and 0.65, makes up to 46 %, and may do so in ten windows. A
 * tenant that is half as fast from the middle on makes 67 %, and one that is for the first third 60 %: both are
 * unsteady in any number of windows.
 */
public sealed interface Stability {
    int WINDOWS = 3;

    record Steady() implements Stability {}

    /**
     * @param quantity in words: {@code throughput} or {@code latency}
     * @param percent by which two thirds differ at most
     * @param allowedPercent by which they may
     */
    record Unsteady(String quantity, double percent, double allowedPercent) implements Stability {}

    record TooFewWindows(int windows) implements Stability {}

    /** @param latencyMeanNanos empty for a workload without latencies */
    record Level(double unitsPerSec, OptionalDouble latencyMeanNanos) {}

    static Stability of(List<Level> windows) {
        if (windows.size() < WINDOWS) {
            return new TooFewWindows(windows.size());
        }
        double throughput = differencePercent(
                windows.stream().mapToDouble(Level::unitsPerSec).toArray());
        boolean judgesLatency =
                windows.stream().allMatch(level -> level.latencyMeanNanos().isPresent());
        double latency = judgesLatency
                ? differencePercent(windows.stream()
                        .mapToDouble(level -> level.latencyMeanNanos().orElseThrow())
                        .toArray())
                : 0;
        double allowed = allowedPercent(windows.size());
        if (Math.max(throughput, latency) <= allowed) {
            return new Steady();
        }
        return throughput >= latency
                ? new Unsteady("throughput", throughput, allowed)
                : new Unsteady("latency", latency, allowed);
    }

    static double allowedPercent(int windows) {
        double doesNotMatter = 10;
        double variation = 15;
        double alike = 3;
        double most = 50;
        int third = windows / WINDOWS;
        double error = variation * Math.sqrt(2 * alike / third);
        return Math.min(most, doesNotMatter + 2 * error);
    }

    /** All zero is as steady as can be. */
    private static double differencePercent(double[] values) {
        int third = values.length / WINDOWS;
        double mean = mean(values, 0, values.length);
        double[] thirds = {
            mean(values, 0, third),
            mean(values, third, values.length - third),
            mean(values, values.length - third, values.length)
        };
        double most = DoubleStream.of(thirds).max().orElseThrow();
        double least = DoubleStream.of(thirds).min().orElseThrow();
        return mean == 0 ? 0 : 100 * (most - least) / mean;
    }

    private static double mean(double[] values, int from, int until) {
        return DoubleStream.of(values).skip(from).limit(until - from).average().orElseThrow();
    }
}
