package io.gpushare.sampling.samples;

import java.util.Arrays;

/**
 * The values of one row of a table. The same object is filled again and again, so that sampling makes no garbage: who
 * wants to keep a value copies it.
 */
public final class Row {
    private final double[] values;
    private final boolean[] present;
    private long elapsedNanos;

    public Row(int columns) {
        values = new double[columns];
        present = new boolean[columns];
    }

    /** Empties the row. */
    public void begin(long elapsedNanosSinceStart) {
        elapsedNanos = elapsedNanosSinceStart;
        Arrays.fill(present, false);
    }

    /** @param value finite: what a driver could not compute is an absence, not a number */
    public void set(int column, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("column " + column + " got " + value);
        }
        values[column] = value;
        present[column] = true;
    }

    public int columns() {
        return values.length;
    }

    /** Monotonic time since sampling began; negative for what a driver recorded shortly before. */
    public long elapsedNanos() {
        return elapsedNanos;
    }

    public boolean has(int column) {
        return present[column];
    }

    /** Only where {@link #has} says so. */
    public double value(int column) {
        if (!present[column]) {
            throw new IllegalStateException("column " + column + " is absent");
        }
        return values[column];
    }
}
