package io.gpushare.results.reading.document;

/** Takes the windows of one tenant. */
public interface WindowSink {
    /**
     * @param buckets of its latencies, the first {@code size} of them; {@code counts} beside it. The arrays are used
     *     again
     */
    void window(
            double fromS,
            double untilS,
            double units,
            long steps,
            boolean counted,
            int size,
            int[] buckets,
            long[] counts);
}
