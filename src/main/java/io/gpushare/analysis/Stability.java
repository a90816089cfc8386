package io.gpushare.analysis;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Whether a measurement had settled: in each of the last three windows throughput and median latency are within 10 % of
 * their mean over these three. A quantity that is not known in all three is not judged.
 *
 * <p>The rule of Triton's perf_analyzer (three windows, {@code --stability-percentage 10}), with the median where it takes
 * the mean latency: in windows of a second one slow step moves the mean.
 */
public sealed interface Stability {
    int WINDOWS = 3;
    double TOLERANCE_PERCENT = 10;

    record Stable() implements Stability {}

    /**
     * @param quantity in words: {@code throughput} or {@code latency}
     * @param deviationPercent the largest, of one window from the mean of the last three
     */
    record Unstable(String quantity, double deviationPercent) implements Stability {}

    record TooFewWindows(int windows) implements Stability {}

    /** @param latencyP50Nanos empty for a workload without latencies */
    record Level(double unitsPerSec, OptionalDouble latencyP50Nanos) {}

    static Stability of(List<Level> windows) {
        if (windows.size() < WINDOWS) {
            return new TooFewWindows(windows.size());
        }
        List<Level> last = windows.subList(windows.size() - WINDOWS, windows.size());
        double throughput =
                deviationPercent(last.stream().mapToDouble(Level::unitsPerSec).toArray());
        boolean judgesLatency =
                last.stream().allMatch(level -> level.latencyP50Nanos().isPresent());
        double latency = judgesLatency
                ? deviationPercent(last.stream()
                        .mapToDouble(level -> level.latencyP50Nanos().orElseThrow())
                        .toArray())
                : 0;
        if (Math.max(throughput, latency) <= TOLERANCE_PERCENT) {
            return new Stable();
        }
        return throughput >= latency ? new Unstable("throughput", throughput) : new Unstable("latency", latency);
    }

    /** All zero is as steady as can be. */
    private static double deviationPercent(double[] values) {
        double mean = DoubleStream.of(values).average().orElseThrow();
        if (mean == 0) {
            return 0;
        }
        return DoubleStream.of(values)
                .map(value -> 100 * Math.abs(value - mean) / mean)
                .max()
                .orElseThrow();
    }
}
