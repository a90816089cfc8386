package io.gpushare.results.reading.timeline;

import com.fasterxml.jackson.core.JsonToken;
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

    /** A list of numbers and nulls, which become NaN. */
    void read(JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.require(JsonToken.START_ARRAY, "'['");
        while (tokens.another()) {
            add(tokens.current() == JsonToken.VALUE_NULL ? Double.NaN : tokens.number());
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
