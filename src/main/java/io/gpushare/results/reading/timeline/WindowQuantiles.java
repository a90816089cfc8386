package io.gpushare.results.reading.timeline;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.results.reading.timeline.RunTimeline.Window;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What a picture shows of a window. */
final class WindowQuantiles {
    private static final double NANOS_PER_MILLI = 1e6;

    private WindowQuantiles() {}

    static Window window(
            double fromS, double untilS, double units, boolean counted, int size, int[] buckets, long[] counts) {
        Map<Integer, Long> latencies = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            latencies.put(buckets[i], counts[i]);
        }
        return window(fromS, untilS, units, counted, LatencyCounts.of(latencies));
    }

    static Window window(double fromS, double untilS, double units, boolean counted, LatencyCounts latencies) {
        double lengthS = untilS - fromS;
        return new Window(
                fromS,
                untilS,
                lengthS > 0 ? units / lengthS : 0,
                counted,
                millis(latencies.quantileNanos(0.5)),
                millis(latencies.quantileNanos(0.99)));
    }

    private static Optional<Double> millis(OptionalDouble nanos) {
        return nanos.isPresent() ? Optional.of(nanos.getAsDouble() / NANOS_PER_MILLI) : Optional.empty();
    }
}
