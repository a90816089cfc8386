package io.gpushare.sampling;

import java.util.concurrent.TimeUnit;

/** Monotonic time, and waiting for it. */
public interface Ticker {
    /** Of use in differences only. */
    long nanos();

    /** Returns at once when that time has passed. */
    void sleepUntil(long nanos) throws InterruptedException;

    static Ticker system() {
        return new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleepUntil(long nanos) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, nanos - System.nanoTime()));
            }
        };
    }
}
