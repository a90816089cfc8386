package io.gpushare.results.benchmark;

import io.gpushare.reading.Reading;
import io.gpushare.results.InFile;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What sharing did, over the window in which every tenant was active.
 *
 * @param stp system throughput: the sum of normalised progress; n at best, below 1 worse than one after another
 * @param antt average normalised turnaround time: the mean slowdown
 * @param fairness lowest / highest normalised progress
 * @param jain Jain's index of normalised progress
 * @param successRate tenants that ended well / all
 * @param unitsPerSec by unit, over the tenants that count in it
 * @param joulesPerUnit the GPU's energy / all units; absent when tenants count in different units
 * @param costPerMillionUnits at the given price of a GPU hour; likewise
 * @param efficiency GPU time / wall time: the share of the window in which a kernel ran
 * @param startSkewNanos from the first tenant's start to the last's
 * @param errors how sure these figures are
 */
public record SharingMetrics(
        Reading<Double> stp,
        Reading<Double> antt,
        Reading<Double> fairness,
        Reading<Double> jain,
        double successRate,
        @InFile(name = "throughput_units_per_sec") Map<String, Double> unitsPerSec,
        Reading<Double> joulesPerUnit,
        Reading<Double> costPerMillionUnits,
        Reading<Double> efficiency,
        @InFile(name = "start_skew_ns") Reading<Long> startSkewNanos,
        @InFile(name = "error_percent", apart = true) SharingErrors errors) {
    public SharingMetrics {
        unitsPerSec = Collections.unmodifiableMap(new TreeMap<>(unitsPerSec));
    }

    SharingMetrics with(SharingErrors newErrors) {
        return new SharingMetrics(
                stp,
                antt,
                fairness,
                jain,
                successRate,
                unitsPerSec,
                joulesPerUnit,
                costPerMillionUnits,
                efficiency,
                startSkewNanos,
                newErrors);
    }
}
