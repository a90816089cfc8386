package io.gpushare.analysis;

import java.util.Arrays;

/** As many equations as unknowns, whose coefficients are moments: symmetric, and positive on the diagonal. */
final class LinearEquations {
    /** What is left of a column's variance, where the others explain it. */
    private static final double EXPLAINED = 1e-6;

    private LinearEquations() {}

    /** Gauss's elimination, of moments. A column that those before it explain gets 0: who is to blame shows nowhere. */
    static double[] solve(double[][] moments, double[] right) {
        int size = right.length;
        double[][] rows = new double[size][];
        for (int row = 0; row < size; row++) {
            rows[row] = Arrays.copyOf(moments[row], size + 1);
            rows[row][size] = right[row];
        }
        for (int column = 0; column < size; column++) {
            if (rows[column][column] <= EXPLAINED * moments[column][column]) {
                Arrays.fill(rows[column], 0);
                rows[column][column] = 1;
            }
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
