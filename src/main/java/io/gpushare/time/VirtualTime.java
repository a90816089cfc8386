package io.gpushare.time;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A time that passes as fast as everything in it is done. Of the threads that take part one runs at any moment, and the
 * others wait. When it waits too, the one goes on whose moment comes first, and time jumps there; of those with the
 * same moment, the one that has waited longest. So all that happens has one order, which depends on nothing else.
 *
 * <p>Time jumps only while a thread is inside that has {@linkplain #enter entered}: what was started alone does what is
 * due and waits. A thread that takes no part may put messages and interrupt, and enters for as long as it waits here.
 *
 * <p>Who runs must not wait for another participant in any other way, as for a lock that it holds.
 */
public final class VirtualTime implements Time {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Participant> participants = new ArrayList<>();

    /** Stamps of a driver are in microseconds: what is rounded must not depend on the moment of the beginning. */
    private final Instant beginning = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private @Nullable Participant running;
    private int entered;
    private long waits;
    private volatile long nanos;

    @Override
    public boolean isReal() {
        return false;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return beginning.plusNanos(nanos);
    }

    @Override
    public void sleepUntil(long untilNanos) throws InterruptedException {
        await(() -> false, untilNanos);
    }

    @Override
    public Task start(String name, Runnable body) {
        try (Presence _ = locked()) {
            Participant added = new Participant(name, body);
            participants.add(added);
            added.thread.start();
            goOn();
            return added;
        }
    }

    @Override
    public <T> Inbox<T> inbox() {
        return new VirtualInbox<>();
    }

    @Override
    public Presence enter() {
        try (Presence _ = locked()) {
            if (isInside()) {
                return () -> {};
            }
            Participant self = new Participant(Thread.currentThread());
            participants.add(self);
            entered++;
            goOn();
            self.awaitTurn();
            self.takeInterrupt();
            return () -> leave(self);
        }
    }

    /** Until what it gives is closed. */
    private Presence locked() {
        lock.lock();
        return lock::unlock;
    }

    private void leave(Participant self) {
        try (Presence _ = locked()) {
            entered--;
            self.end();
        }
    }

    private boolean isInside() {
        return running != null && running.thread.equals(Thread.currentThread());
    }

    /** Whether it happened. */
    private boolean await(BooleanSupplier happened, long untilNanos) throws InterruptedException {
        try (Presence _ = enter();
                Presence _ = locked()) {
            Participant self = running;
            if (self == null || Thread.interrupted()) {
                throw new InterruptedException();
            }
            self.waitFor(happened, untilNanos);
            running = null;
            goOn();
            self.awaitTurn();
            if (self.interrupted) {
                self.interrupted = false;
                throw new InterruptedException();
            }
            return happened.getAsBoolean();
        }
    }

    /** Gives the turn to who is next, unless somebody has it. */
    private void goOn() {
        if (running != null) {
            return;
        }
        Participant next = null;
        for (Participant one : participants) {
            if (next == null || one.isBefore(next)) {
                next = one;
            }
        }
        if (next == null || next.due() == NEVER || (entered == 0 && next.due() > nanos)) {
            return;
        }
        nanos = Math.max(nanos, next.due());
        running = next;
        next.turn.signal();
    }

    private final class Participant implements Task {
        private final Thread thread;
        private final Condition turn = lock.newCondition();
        private BooleanSupplier happened = () -> true;
        private long untilNanos;
        private long place;
        private boolean interrupted;
        private boolean ended;

        /** A thread of its own. */
        Participant(String name, Runnable body) {
            thread = Thread.ofVirtual().name(name).unstarted(() -> live(body));
            waitFor(() -> true, nanos);
        }

        /** One that was there before. */
        Participant(Thread thread) {
            this.thread = thread;
            waitFor(() -> true, nanos);
        }

        private void live(Runnable body) {
            try (Presence _ = locked()) {
                awaitTurn();
                takeInterrupt();
            }
            try {
                body.run();
            } catch (Throwable failure) {
                // Told before the others go on: what happens here has one order.
                thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
            } finally {
                try (Presence _ = locked()) {
                    end();
                }
            }
        }

        void end() {
            ended = true;
            participants.remove(this);
            running = null;
            goOn();
        }

        void waitFor(BooleanSupplier what, long until) {
            happened = what;
            untilNanos = until;
            place = waits++;
        }

        long due() {
            return interrupted || happened.getAsBoolean() ? Math.min(nanos, untilNanos) : untilNanos;
        }

        boolean isBefore(Participant other) {
            long own = due();
            long others = other.due();
            return own < others || (own == others && place < other.place);
        }

        /** An interrupt that comes from outside is one of this time. */
        void awaitTurn() {
            while (running != this) {
                try {
                    turn.await();
                } catch (InterruptedException fromOutside) {
                    interrupted = true;
                    goOn();
                }
            }
        }

        /** Where nothing can be thrown. */
        void takeInterrupt() {
            if (interrupted) {
                interrupted = false;
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean isAlive() {
            try (Presence _ = locked()) {
                return !ended;
            }
        }

        @Override
        public void interrupt() {
            try (Presence _ = locked()) {
                if (running == this) {
                    thread.interrupt();
                } else {
                    interrupted = true;
                    goOn();
                }
            }
        }

        @Override
        public void join() throws InterruptedException {
            await(() -> ended, NEVER);
        }

        @Override
        public boolean join(Duration patience) throws InterruptedException {
            return await(() -> ended, nanos + patience.toNanos());
        }
    }

    private final class VirtualInbox<T> implements Inbox<T> {
        private final Queue<T> messages = new ArrayDeque<>();

        @Override
        public void put(T message) {
            try (Presence _ = locked()) {
                messages.add(message);
                goOn();
            }
        }

        @Override
        public Optional<T> poll(long untilNanos) throws InterruptedException {
            await(() -> !messages.isEmpty(), untilNanos);
            try (Presence _ = locked()) {
                return Optional.ofNullable(messages.poll());
            }
        }

        @Override
        public List<T> takeAll() {
            try (Presence _ = locked()) {
                List<T> all = List.copyOf(messages);
                messages.clear();
                return all;
            }
        }
    }
}
