package io.gpushare.time;

import java.time.Duration;

/** What a thread does that was started in a {@link Time}. */
public interface Task {
    boolean isAlive();

    /** Ends its waiting, as {@link Thread#interrupt()} does. */
    void interrupt();

    /** Waits for its end. */
    void join() throws InterruptedException;

    /** Waits for its end, but not longer. Whether it has ended. */
    boolean join(Duration patience) throws InterruptedException;

    /** Likewise; who is interrupted waits no longer, and stays interrupted. */
    default boolean endsWithin(Duration patience) {
        try {
            return join(patience);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
