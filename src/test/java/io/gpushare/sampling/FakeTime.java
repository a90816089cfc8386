package io.gpushare.sampling;

import io.gpushare.time.Inbox;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import io.gpushare.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;

/** A virtual time whose wall clock begins, and is set, as the test says. */
public final class FakeTime implements Time {
    private static final Instant BEGINNING = Instant.parse("2026-11-20T12:00:00Z");

    private final Time virtual = new VirtualTime();
    private volatile Duration set = Duration.ZERO;

    /** Lets the threads do everything that is due within the duration, and at its end. */
    public void advance(Duration duration) throws InterruptedException {
        virtual.sleep(duration);
        virtual.sleep(Duration.ZERO);
    }

    /** What is done now takes this long. */
    public void passes(Duration duration) {
        virtual.pause(duration);
    }

    public void setWallClockForward(Duration duration) {
        set = set.plus(duration);
    }

    public long unixMicros() {
        return Math.floorDiv(unixNanos(), 1000);
    }

    @Override
    public Instant instant() {
        return BEGINNING.plusNanos(nanos()).plus(set);
    }

    /** What a sampler says of itself is told as in the world. */
    @Override
    public boolean isReal() {
        return true;
    }

    @Override
    public long nanos() {
        return virtual.nanos();
    }

    @Override
    public void sleepUntil(long nanos) throws InterruptedException {
        virtual.sleepUntil(nanos);
    }

    @Override
    public Task start(String name, Runnable body) {
        return virtual.start(name, body);
    }

    @Override
    public <T> Inbox<T> inbox() {
        return virtual.inbox();
    }

    @Override
    public Presence enter() {
        return virtual.enter();
    }
}
