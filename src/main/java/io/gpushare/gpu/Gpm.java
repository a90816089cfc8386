package io.gpushare.gpu;

import io.gpushare.reading.Reading;
import java.util.Map;

/**
 * Performance counters averaged between two looks. Each call of {@link #next()} covers the time since the call before
 * it; the first has nothing to compare with and is NO_DATA, as is one that comes sooner than 100 ms after another.
 */
public interface Gpm extends AutoCloseable {
    Reading<Map<GpmMetric, Reading<Double>>> next();

    @Override
    void close();
}
