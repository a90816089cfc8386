package io.gpushare.load;

import io.gpushare.load.account.RequestRecord;
import io.gpushare.load.account.Tally.Second;
import java.time.Duration;

/** Learns how a measurement goes. */
public interface LoadListener {
    LoadListener NONE = new LoadListener() {};

    /**
     * About a second has passed.
     *
     * @param since the warm-up began
     * @param measuring whether the warm-up is over
     * @param seconds since the last time
     * @param underWay requests that wait for their answers
     */
    default void second(Duration since, boolean measuring, double seconds, Second second, long underWay) {}

    /** Any request ended, of the warm-up or of the measurement; from any thread, many at once. */
    default void anyEnded(RequestRecord request) {}

    /** A request of the measurement ended; from any thread, many at once. */
    default void ended(RequestRecord request, long measurementNanos) {}
}
