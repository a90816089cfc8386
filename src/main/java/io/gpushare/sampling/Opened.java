package io.gpushare.sampling;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.function.Supplier;

/**
 * Something of the driver that is opened to read from, and opened anew after a suspension. For one thread at a time.
 */
final class Opened<T extends AutoCloseable> implements AutoCloseable {
    private final Supplier<Reading<T>> opening;
    private final SamplingContext context;
    private Reading<T> reading = Reading.absent(new Absence(Absence.Kind.NOT_MEASURED, "it was not opened yet"));

    Opened(SamplingContext context, Supplier<Reading<T>> opening) {
        this.context = context;
        this.opening = opening;
    }

    void open() {
        reading = opening.get();
    }

    /** What is open, or why nothing is. */
    Reading<T> reading() {
        return reading;
    }

    @Override
    public void close() {
        Reading<T> closing = reading;
        reading = Reading.notMeasured("it was closed");
        closing.asOptional().ifPresent(this::giveBack);
    }

    private void giveBack(T open) {
        try {
            open.close();
        } catch (Exception failure) {
            context.broadcast().warned("a driver resource could not be given back: " + failure);
        }
    }
}
