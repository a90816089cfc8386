package io.gpushare.sampling;

import io.gpushare.reading.Reading;
import java.util.List;
import java.util.function.Function;

/**
 * One question to a device and the columns that its answer fills.
 *
 * @param name under which the instrument reports the call's cost and failures
 */
record Source<D, T>(String name, Function<D, Reading<T>> question, List<Column<T>> columns) {
    Source {
        columns = List.copyOf(columns);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static <D, T> Source<D, T> of(String name, Function<D, Reading<T>> question, Column<T>... columns) {
        return new Source<>(name, question, List.of(columns));
    }
}
