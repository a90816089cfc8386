package io.gpushare.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Guards the statistics of measured values. */
final class FiniteValues {
    private FiniteValues() {}

    static double[] of(List<Double> values) {
        double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
        if (array.length == 0 || !DoubleStream.of(array).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a statistic is of one or more finite values, got " + values);
        }
        return array;
    }

    static double[] sorted(List<Double> values) {
        double[] array = of(values);
        Arrays.sort(array);
        return array;
    }
}
