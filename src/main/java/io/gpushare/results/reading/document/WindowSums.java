package io.gpushare.results.reading.document;

import io.gpushare.analysis.FullSpeedRate;
import io.gpushare.analysis.LatencyCounts;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up the windows of one tenant that count. Used again for the next tenant. */
final class WindowSums implements WindowSink {
    private final long[] latencies = new long[LatencyCounts.LAST_BUCKET + 1];
    private double units;
    private double seconds;
    private long steps;
    private final WindowBatches batches = new WindowBatches();

    /**
     * @param seconds of the windows that count; 0 when none does
     * @param windows these, in order, neighbours put together where there are very many
     */
    record Sum(double units, double seconds, long steps, LatencyCounts latencies, List<FullSpeedRate.Window> windows) {
        static final Sum NOTHING = new Sum(0, 0, 0, LatencyCounts.NONE, List.of());

        Sum {
            windows = List.copyOf(windows);
        }
    }

    @Override
    public void window(
            double fromS,
            double untilS,
            double unitsDone,
            long stepsDone,
            boolean counted,
            int size,
            int[] buckets,
            long[] counts) {
        if (!counted) {
            return;
        }
        units += unitsDone;
        seconds += untilS - fromS;
        steps += stepsDone;
        batches.add(fromS, untilS, unitsDone);
        for (int i = 0; i < size; i++) {
            latencies[buckets[i]] += counts[i];
        }
    }

    Sum take() {
        Map<Integer, Long> merged = new LinkedHashMap<>();
        for (int bucket = 0; bucket < latencies.length; bucket++) {
            if (latencies[bucket] != 0) {
                merged.put(bucket, latencies[bucket]);
            }
        }
        Sum sum = new Sum(
                units,
                seconds,
                steps,
                merged.isEmpty() ? LatencyCounts.NONE : LatencyCounts.of(merged),
                batches.take());
        units = 0;
        seconds = 0;
        steps = 0;
        Arrays.fill(latencies, 0);
        return sum;
    }
}
