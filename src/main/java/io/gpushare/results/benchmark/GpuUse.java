package io.gpushare.results.benchmark;

import io.gpushare.reading.Reading;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A GPU over a window.
 *
 * @param metrics by the name they have in the monitor file ({@code sm_active_percent})
 * @param counterJoules by the GPU's own counter; {@code integralJoules} of the recorded power, as a cross-check
 * @param throttling what held it back and how often, in words; empty if nothing did
 */
public record GpuUse(
        Map<String, Reading<Levels>> metrics,
        Reading<Double> counterJoules,
        Reading<Double> integralJoules,
        Reading<Double> disagreementPercent,
        String throttling) {
    public GpuUse {
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }

    /** The levels of one metric; empty where nothing is known of it. */
    public Optional<Levels> levels(String metric) {
        return Optional.ofNullable(metrics.get(metric)).flatMap(Reading::asOptional);
    }

    /**
     * @param mean of the samples, each counting the same
     * @param p95 nearest rank: the smallest value with 95 % of the samples at or below it; at most 0.5 % too high
     */
    public record Levels(long n, double min, double mean, double p95, double max) {}
}
