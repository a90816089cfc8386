package io.gpushare.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The machine's clocks and threads. */
enum RealTime implements Time {
    INSTANCE;

    @Override
    public boolean isReal() {
        return true;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public void sleepUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(left(nanos));
    }

    private static long left(long untilNanos) {
        return untilNanos == NEVER ? NEVER : Math.max(0, untilNanos - System.nanoTime());
    }

    @Override
    public Task start(String name, Runnable body) {
        return new RealTask(Thread.ofPlatform().daemon().name(name).start(body));
    }

    @Override
    public <T> Inbox<T> inbox() {
        return new RealInbox<>(new LinkedBlockingQueue<>());
    }

    @Override
    public Presence enter() {
        return () -> {};
    }

    private record RealTask(Thread thread) implements Task {
        @Override
        public boolean isAlive() {
            return thread.isAlive();
        }

        @Override
        public void interrupt() {
            thread.interrupt();
        }

        @Override
        public void join() throws InterruptedException {
            thread.join();
        }

        @Override
        public boolean join(Duration patience) throws InterruptedException {
            return thread.join(patience);
        }
    }

    private record RealInbox<T>(LinkedBlockingQueue<T> messages) implements Inbox<T> {
        @Override
        public void put(T message) {
            messages.add(message);
        }

        @Override
        public Optional<T> poll(long untilNanos) throws InterruptedException {
            return Optional.ofNullable(messages.poll(left(untilNanos), TimeUnit.NANOSECONDS));
        }

        @Override
        public List<T> takeAll() {
            List<T> all = new ArrayList<>();
            messages.drainTo(all);
            return all;
        }
    }
}
