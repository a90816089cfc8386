package io.gpushare.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** A plane through values, by weighted least squares. Without columns it is their weighted mean. */
final class WeightedFit {
    private final double[] plane;
    private final double[] contributions;
    private final double[] distances;

    private WeightedFit(double[] plane, double[] contributions, double[] distances) {
        this.plane = plane;
        this.contributions = contributions;
        this.distances = distances;
    }

    /** Where all columns are 0. */
    double intercept() {
        return plane[0];
    }

    List<Double> slopes() {
        return DoubleStream.of(plane).skip(1).boxed().toList();
    }

    /** What each value's distance from the plane adds to the error of the intercept. */
    List<Double> contributions() {
        return DoubleStream.of(contributions).boxed().toList();
    }

    /** Of the values from the plane. */
    List<Double> distances() {
        return DoubleStream.of(distances).boxed().toList();
    }

    /** @param columns none of them constant */
    static WeightedFit of(double[] values, List<double[]> columns, double[] weights) {
        int size = columns.size() + 1;
        double[][] moments = new double[size][size];
        double[] sums = new double[size];
        for (int place = 0; place < values.length; place++) {
            for (int row = 0; row < size; row++) {
                double weighted = weights[place] * at(columns, row, place);
                sums[row] += weighted * values[place];
                for (int column = 0; column < size; column++) {
                    moments[row][column] += weighted * at(columns, column, place);
                }
            }
        }
        double[] plane = solve(moments, sums);
        double[] first = new double[size];
        first[0] = 1;
        double[] intercept = solve(moments, first);
        double[] contributions = new double[values.length];
        double[] distances = new double[values.length];
        for (int place = 0; place < values.length; place++) {
            double distance = values[place];
            double lever = 0;
            for (int column = 0; column < size; column++) {
                distance -= plane[column] * at(columns, column, place);
                lever += intercept[column] * at(columns, column, place);
            }
            distances[place] = distance;
            contributions[place] = weights[place] * lever * distance;
        }
        return new WeightedFit(plane, contributions, distances);
    }

    private static double at(List<double[]> columns, int column, int place) {
        return column == 0 ? 1 : columns.get(column - 1)[place];
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

    /** Gauss's elimination with pivots. */
    private static double[] solve(double[][] matrix, double[] right) {
        int size = right.length;
        double[][] rows = new double[size][];
        for (int row = 0; row < size; row++) {
            rows[row] = Arrays.copyOf(matrix[row], size + 1);
            rows[row][size] = right[row];
        }
        for (int column = 0; column < size; column++) {
            int pivot = column;
            for (int row = column + 1; row < size; row++) {
                pivot = Math.abs(rows[row][column]) > Math.abs(rows[pivot][column]) ? row : pivot;
            }
            double[] swapped = rows[column];
            rows[column] = rows[pivot];
            rows[pivot] = swapped;
            for (int row = 0; row < size; row++) {
                double factor = row == column ? 0 : rows[row][column] / rows[column][column];
                for (int place = column; place <= size; place++) {
                    rows[row][place] -= factor * rows[column][place];
                }
            }
        }
        double[] solution = new double[size];
        for (int row = 0; row < size; row++) {
            solution[row] = rows[row][size] / rows[row][row];
        }
        return solution;
    }
}
