package io.gpushare.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A time in which something runs: its two clocks, waiting for them, and the threads that wait. Whoever looks at a clock
 * or waits is given one of these, so that a simulation need not take as long as what it simulates.
 */
public interface Time extends InstantSource {
    /** Later than any moment that comes. */
    long NEVER = Long.MAX_VALUE;

    /** Why in another time than the world's nothing is told of the machine. */
    String NOT_THE_MACHINES =
            "the simulation ran as fast as it could be computed: what it took of this machine says nothing";

    /** The time of the world. Its clocks are the machine's. */
    static Time real() {
        return RealTime.INSTANCE;
    }

    /** Whether it is the world's: only then does what the machine says of itself belong to it. */
    boolean isReal();

    /** Monotonic, of use in differences only. */
    long nanos();

    /** The wall clock in nanoseconds since 1970. */
    default long unixNanos() {
        Instant now = instant();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    /** Returns at once when that time has passed. */
    void sleepUntil(long nanos) throws InterruptedException;

    default void sleep(Duration duration) throws InterruptedException {
        sleepUntil(nanos() + duration.toNanos());
    }

    /** Sleeps, and ends at once where the thread was interrupted: it stays so. */
    default void pause(Duration duration) {
        try {
            sleep(duration);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** A daemon thread that takes part in this time. */
    Task start(String name, Runnable body);

    /** A queue whose reader waits in this time. */
    <T> Inbox<T> inbox();

    /** From here on the calling thread takes part in this time, until it closes what it was given. */
    Presence enter();

    /** A thread takes part as long as this is open. */
    interface Presence extends AutoCloseable {
        @Override
        void close();
    }
}
