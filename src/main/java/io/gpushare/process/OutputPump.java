package io.gpushare.process;

import io.gpushare.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on what one pipe delivers. */
final class OutputPump {
    private static final class Log {
        static final Logger log = LoggerFactory.getLogger(OutputPump.class);
    }

    /** A pipe cannot hold more, so what comes later was written after the moment in question. */
    private static final long LARGEST_PIPE_BYTES = 1 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    interface Taker {
        void take(byte[] bytes, int offset, int count);
    }

    private final Object gate = new Object();
    private final Taker taker;
    private final Thread thread;
    private boolean muted;
    private boolean faultTold;
    private volatile boolean delivering;
    private final AtomicLong deliveredBytes = new AtomicLong();
    private volatile long quietSinceNanos = Time.real().nanos();

    OutputPump(String name, InputStream pipe, Taker taker) {
        this.taker = taker;
        this.thread = Thread.ofPlatform().daemon().name(name).start(() -> pump(pipe));
    }

    /**
     * Holds the stream's monitor all along: at the end of the program Java would otherwise, under this monitor, collect
     * the rest of the pipe in memory, which is endless where a child that lives on keeps printing.
     */
    private void pump(InputStream pipe) {
        byte[] buffer = new byte[BUFFER_BYTES];
        synchronized (pipe) {
            try (pipe) {
                for (int count = pipe.read(buffer); count >= 0; count = pipe.read(buffer)) {
                    deliver(buffer, count);
                }
            } catch (IOException e) {
                Log.log.debug("{} ended early: {}", Thread.currentThread().getName(), e.getMessage());
            }
        }
    }

    private void deliver(byte[] buffer, int count) {
        delivering = true;
        synchronized (gate) {
            if (!muted) {
                take(buffer, count);
            }
        }
        deliveredBytes.addAndGet(count);
        quietSinceNanos = Time.real().nanos();
        delivering = false;
    }

    /** A taker's fault must not stop the program at a full pipe. */
    private void take(byte[] buffer, int count) {
        try {
            taker.take(buffer, 0, count);
        } catch (RuntimeException bug) {
            if (!faultTold) {
                String pipe = Thread.currentThread().getName();
                Log.log.error("what came on {} could not be handled", pipe, bug);
            }
            faultTold = true;
        }
    }

    long deliveredBytes() {
        return deliveredBytes.get();
    }

    /** Returns when the pipe's end was reached, or after a while. */
    boolean hasEndedWithin(Duration time) throws InterruptedException {
        return thread.join(time);
    }

    /**
     * Whether everything was handed on that was in the pipe at a moment: nothing has come for the grace since, or more
     * than a pipe holds.
     */
    boolean isDrainedSince(long momentNanos, long deliveredThen, Duration grace) {
        long quietFor = Time.real().nanos() - Math.max(momentNanos, quietSinceNanos);
        return (!delivering && quietFor > grace.toNanos()) || deliveredBytes.get() - deliveredThen > LARGEST_PIPE_BYTES;
    }

    /** From here on nothing is handed on, though the pipe is still read. Waits for the call under way. */
    void mute() {
        synchronized (gate) {
            muted = true;
        }
    }
}
