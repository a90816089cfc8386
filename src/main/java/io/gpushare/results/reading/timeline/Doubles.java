package io.gpushare.results.reading.timeline;

import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.document.JsonTokens;
import java.io.IOException;
import java.util.Arrays;

/** A growing list of numbers. */
final class Doubles {
    /** A day of the driver's own 20 ms power samples. */
    private static final int MOST = 5_000_000;

    private double[] values = new double[64];
    private int size;

    /** A list of numbers and nulls, which become NaN; from behind its opening bracket up to its closing one. */
    void read(JsonTokens tokens) throws IOException, DamagedFileException {
        int next = tokens.next();
        if (next == ']') {
            return;
        }
        while (true) {
            if (next == 'n') {
                tokens.rest("ull");
                add(Double.NaN);
            } else {
                add(tokens.number(next));
            }
            if (!tokens.another(']')) {
                return;
            }
            next = tokens.next();
        }
    }

    private void add(double value) throws DamagedFileException {
        if (size == MOST) {
            throw new DamagedFileException("has more than " + MOST + " samples");
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    double get(int place) {
        return values[place];
    }
}
