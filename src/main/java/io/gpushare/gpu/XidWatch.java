package io.gpushare.gpu;

import io.gpushare.reading.Reading;
import java.util.List;

/** Xid errors since the watch began, each delivered once. */
public interface XidWatch extends AutoCloseable {
    /** Does not wait. */
    Reading<List<XidEvent>> poll();

    @Override
    void close();
}
