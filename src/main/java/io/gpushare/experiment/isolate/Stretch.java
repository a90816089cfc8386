package io.gpushare.experiment.isolate;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.results.benchmark.WindowResult;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a victim did in some of its windows.
 *
 * @param unitsPerSec over all of them
 * @param rates of each, in units a second
 * @param p99Ms of its steps; empty where there are too few for that
 * @param longestMs its longest step
 * @param slowed whether somebody on the host slowed its core in all of them
 */
public record Stretch(
        int windows,
        double unitsPerSec,
        List<Double> rates,
        OptionalDouble p99Ms,
        OptionalDouble longestMs,
        boolean slowed) {
    public Stretch {
        rates = List.copyOf(rates);
    }

    /** With fewer, the 99th percentile is the slowest. */
    private static final long LEAST_LATENCIES = 100;

    private static final double P99 = 0.99;

    static Stretch of(List<WindowResult> windows, boolean slowed) {
        double seconds = windows.stream().mapToDouble(Stretch::seconds).sum();
        double units = windows.stream().mapToDouble(WindowResult::units).sum();
        LatencyCounts latencies =
                windows.stream().map(WindowResult::latency).reduce(LatencyCounts.NONE, LatencyCounts::plus);
        return new Stretch(
                windows.size(),
                seconds > 0 ? units / seconds : 0,
                windows.stream().map(Stretch::rate).toList(),
                latencies.count() < LEAST_LATENCIES ? OptionalDouble.empty() : millis(latencies, P99),
                millis(latencies, 1),
                slowed);
    }

    private static OptionalDouble millis(LatencyCounts latencies, double quantile) {
        return latencies.quantileMs(quantile);
    }

    /** With another throughput, of a part of that time. */
    Stretch at(double newUnitsPerSec) {
        return new Stretch(windows, newUnitsPerSec, rates, p99Ms, longestMs, slowed);
    }

    static double seconds(WindowResult window) {
        return window.untilS() - window.fromS();
    }

    static double rate(WindowResult window) {
        return window.units() / seconds(window);
    }
}
