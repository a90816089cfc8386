package io.gpushare.load.http;

import io.gpushare.load.account.Ending;
import io.gpushare.time.Time;
import java.io.IOException;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Connections that are kept between requests: the one used last is used next. */
final class ConnectionPool implements AutoCloseable {
    private final Endpoint endpoint;
    private final Time time;

    /** In the order in which requests asked for one. */
    private final Optional<Semaphore> permits;

    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong opened = new AtomicLong();
    private volatile boolean closed;

    /** @param most open at once; empty for as many as there are requests under way */
    ConnectionPool(Endpoint endpoint, Time time, OptionalInt most) {
        this.endpoint = endpoint;
        this.time = time;
        this.permits = most.isPresent() ? Optional.of(new Semaphore(most.getAsInt(), true)) : Optional.empty();
    }

    /** Whoever takes one gives it back or discards it. */
    Connection take(long deadlineNanos) throws IOException {
        awaitPermit(deadlineNanos);
        Connection kept = idle.pollFirst();
        if (kept != null) {
            return kept;
        }
        boolean done = false;
        try {
            Connection made = Connection.open(endpoint, time, deadlineNanos);
            open.add(made);
            opened.incrementAndGet();
            if (closed) {
                open.remove(made);
                made.close();
                throw new ExchangeFailure(Ending.CUT_OFF);
            }
            done = true;
            return made;
        } finally {
            if (!done) {
                permits.ifPresent(Semaphore::release);
            }
        }
    }

    private void awaitPermit(long deadlineNanos) throws ExchangeFailure {
        if (permits.isPresent()) {
            try {
                if (!permits.get().tryAcquire(deadlineNanos - time.nanos(), TimeUnit.NANOSECONDS)) {
                    throw new ExchangeFailure(Ending.NO_CONNECTION_FREE);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new ExchangeFailure(Ending.CUT_OFF);
            }
        }
        if (closed) {
            permits.ifPresent(Semaphore::release);
            throw new ExchangeFailure(Ending.CUT_OFF);
        }
    }

    void giveBack(Connection connection) {
        idle.offerFirst(connection);
        permits.ifPresent(Semaphore::release);
        if (closed) {
            closeAll();
        }
    }

    void discard(Connection connection) {
        open.remove(connection);
        connection.close();
        permits.ifPresent(Semaphore::release);
    }

    long opened() {
        return opened.get();
    }

    int open() {
        return open.size();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        closeAll();
        // Whoever waits for one learns that there will be none.
        permits.ifPresent(waited -> waited.release(waited.getQueueLength()));
    }

    private void closeAll() {
        List<Connection> all = List.copyOf(open);
        all.forEach(Connection::close);
        all.forEach(open::remove);
        idle.clear();
    }
}
