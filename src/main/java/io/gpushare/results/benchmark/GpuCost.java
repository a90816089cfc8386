package io.gpushare.results.benchmark;

import io.gpushare.reading.Reading;

/**
 * What the work of a run cost of the GPU.
 *
 * @param joulesPerUnit absent when tenants do different work
 * @param perMillionUnits at the given price of a GPU hour; absent when tenants do different work
 * @param efficiency the share of the measured time in which a kernel ran
 */
public record GpuCost(Reading<Double> joulesPerUnit, Reading<Double> perMillionUnits, Reading<Double> efficiency) {
    public static GpuCost unknown(String why) {
        return new GpuCost(Reading.notMeasured(why), Reading.notMeasured(why), Reading.notMeasured(why));
    }
}
