package io.gpushare.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Planes through several series of values, by weighted least squares: each series has a level of its own, and all have
 * the same slopes. Without columns a level is the weighted mean.
 */
final class WeightedFit {
    /** Values, what they may depend on, and how much each counts. */
    static final class Series {
        private final double[] values;
        private final List<double[]> columns;
        private final double[] weights;

        /** @param columns as many of each series; over all of them together none is constant within each */
        Series(double[] values, List<double[]> columns, double[] weights) {
            this.values = values;
            this.columns = columns;
            this.weights = weights;
        }

        private double mean(double[] column) {
            return WeightedFit.mean(column, weights);
        }
    }

    private final List<Series> all;
    private final List<List<double[]>> beyond;
    private final double[][] moments;
    private final double[] slopes;

    private WeightedFit(List<Series> all) {
        this.all = all;
        this.beyond = all.stream().map(WeightedFit::beyondTheirMean).toList();
        int size = all.getFirst().columns.size();
        this.moments = new double[size][size];
        double[] sums = new double[size];
        for (int which = 0; which < all.size(); which++) {
            Series series = all.get(which);
            List<double[]> columns = beyond.get(which);
            for (int place = 0; place < series.values.length; place++) {
                for (int row = 0; row < size; row++) {
                    double weighted = series.weights[place] * columns.get(row)[place];
                    sums[row] += weighted * series.values[place];
                    for (int column = 0; column < size; column++) {
                        moments[row][column] += weighted * columns.get(column)[place];
                    }
                }
            }
        }
        this.slopes = LinearEquations.solve(moments, sums);
    }

    static WeightedFit of(List<Series> all) {
        return new WeightedFit(all);
    }

    private static List<double[]> beyondTheirMean(Series series) {
        return series.columns.stream()
                .map(column -> {
                    double mean = series.mean(column);
                    return Arrays.stream(column).map(value -> value - mean).toArray();
                })
                .toList();
    }

    List<Double> slopes() {
        return DoubleStream.of(slopes).boxed().toList();
    }

    /** Of one series, where all columns are 0. */
    double level(int which) {
        Series series = all.get(which);
        return series.mean(series.values) - sum(row -> slopes[row] * series.mean(series.columns.get(row)));
    }

    /** Of the values of one series from its plane. */
    double[] distances(int which) {
        Series series = all.get(which);
        double mean = series.mean(series.values);
        return IntStream.range(0, series.values.length)
                .mapToDouble(place -> series.values[place]
                        - mean
                        - sum(row -> slopes[row] * beyond.get(which).get(row)[place]))
                .toArray();
    }

    /** What the distance of each value of each series adds to the error of the level of one. */
    List<double[]> contributions(int which) {
        Series one = all.get(which);
        double[] means = one.columns.stream().mapToDouble(one::mean).toArray();
        double[] lever = LinearEquations.solve(moments, means);
        double weight = Arrays.stream(one.weights).sum();
        return IntStream.range(0, all.size())
                .mapToObj(series -> moved(series, series == which ? 1 / weight : 0, lever))
                .toList();
    }

    private double[] moved(int which, double own, double[] lever) {
        double[] weights = all.get(which).weights;
        double[] distance = distances(which);
        return IntStream.range(0, distance.length)
                .mapToDouble(place -> weights[place]
                        * distance[place]
                        * (own - sum(row -> lever[row] * beyond.get(which).get(row)[place])))
                .toArray();
    }

    private double sum(IntToDoubleFunction ofARow) {
        return IntStream.range(0, slopes.length).mapToDouble(ofARow).sum();
    }

    static double mean(double[] values, double[] weights) {
        double sum = 0;
        double weight = 0;
        for (int place = 0; place < values.length; place++) {
            sum += weights[place] * values[place];
            weight += weights[place];
        }
        return sum / weight;
    }
}
