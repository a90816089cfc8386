package io.gpushare.sampling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * Time that moves only when the test says so. Sampling threads sleep in it until they are due and run one at a time, in
 * the order of their due times; to any other thread, sleeping just lets time pass.
 */
public final class FakeTicker implements Ticker {
    private static final String SAMPLING_THREAD = "gpushare-sampling-";
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final Instant BEGINNING = Instant.parse("2026-11-20T12:00:00Z");

    private final Map<Thread, Long> sleepers = new HashMap<>();
    private long now = 1_000_000_000L;
    private long wallOffsetNanos;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized void sleepUntil(long nanos) throws InterruptedException {
        Thread thread = Thread.currentThread();
        if (!thread.getName().startsWith(SAMPLING_THREAD)) {
            now = Math.max(now, nanos);
            return;
        }
        sleepers.put(thread, nanos);
        notifyAll();
        try {
            while (sleepers.containsKey(thread)) {
                wait();
            }
        } finally {
            sleepers.remove(thread);
            notifyAll();
        }
    }

    /** What is done now takes this long. */
    public synchronized void passes(Duration duration) {
        now += duration.toNanos();
    }

    public synchronized void setWallClockForward(Duration duration) {
        wallOffsetNanos += duration.toNanos();
    }

    /** Lets the threads do everything that is due within the duration. */
    public synchronized void advance(Duration duration, int threads) throws InterruptedException {
        long target = now + duration.toNanos();
        while (true) {
            awaitSleepers(threads);
            var next = sleepers.entrySet().stream().min(Map.Entry.comparingByValue());
            if (next.isEmpty() || next.get().getValue() > target) {
                break;
            }
            now = Math.max(now, next.get().getValue());
            sleepers.remove(next.get().getKey());
            notifyAll();
        }
        now = Math.max(now, target);
    }

    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                synchronized (FakeTicker.this) {
                    return BEGINNING.plusNanos(now + wallOffsetNanos);
                }
            }
        };
    }

    public long unixMicros() {
        return Math.floorDiv(Duration.between(Instant.EPOCH, clock().instant()).toNanos(), 1000);
    }

    private void awaitSleepers(int threads) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (sleepers.size() < threads) {
            wait(100);
            if (System.nanoTime() > giveUp) {
                throw new AssertionError("a sampling thread died or hangs: " + sleepers.size() + " of " + threads);
            }
        }
    }
}
