package io.gpushare.time;

import java.util.List;
import java.util.Optional;

/** Messages of any threads for one that waits for them. */
public interface Inbox<T> {
    void put(T message);

    /** The next message, or empty when none has come until that time. */
    Optional<T> poll(long untilNanos) throws InterruptedException;

    /** Without waiting. */
    List<T> takeAll();
}
