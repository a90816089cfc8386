package io.gpushare.analysis;

import java.util.List;

/** The value in the middle: half of the values are at most this, half at least. */
public final class Median {
    private Median() {}

    /** Of an even number of values the arithmetic mean of the two in the middle. */
    public static double of(List<Double> values) {
        double[] sorted = FiniteValues.sorted(values);
        int upper = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[upper] : sorted[upper - 1] / 2 + sorted[upper] / 2;
    }
}
