package io.gpushare.process;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to a program on a thread of its own, so that nobody waits for one that does not read. */
public final class ProgramInput {
    private static final class Log {
        static final Logger log = LoggerFactory.getLogger(ProgramInput.class);
    }

    private final int limitBytes;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean ended;
    private String whyClosed = "";

    public ProgramInput(String name, OutputStream pipe, int limitBytes) {
        this.limitBytes = limitBytes;
        Thread.ofPlatform().daemon().name(name).start(() -> write(pipe));
    }

    /** @throws IOException when the program takes nothing any more, or too much waits for it already */
    public synchronized void send(byte[] bytes) throws IOException {
        if (!whyClosed.isEmpty()) {
            throw new IOException(whyClosed);
        }
        if (waitingBytes + (long) bytes.length > limitBytes) {
            throw new IOException("it does not read its input: " + waitingBytes + " bytes wait for it");
        }
        waiting.add(bytes.clone());
        waitingBytes += bytes.length;
        notifyAll();
    }

    /** Drops what was not written. */
    public synchronized void abandon(String why) {
        close(why);
        ended = true;
        waiting.clear();
        waitingBytes = 0;
    }

    private synchronized void close(String why) {
        if (whyClosed.isEmpty()) {
            whyClosed = why;
        }
        notifyAll();
    }

    private void write(OutputStream pipe) {
        try (pipe) {
            for (byte[] next = next(); next.length > 0; next = next()) {
                pipe.write(next);
                pipe.flush();
                written(next.length);
            }
        } catch (IOException closedByTheProgram) {
            Log.log.debug("the program did not read all of its input: {}", closedByTheProgram.getMessage());
            abandon("it closed its input");
        } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException(nobodyDoesThat);
        }
    }

    /** Nothing, that is no bytes, at the end. */
    private synchronized byte[] next() throws InterruptedException {
        while (waiting.isEmpty() && !ended) {
            wait();
        }
        return waiting.isEmpty() ? new byte[0] : waiting.remove();
    }

    private synchronized void written(int count) {
        waitingBytes = Math.max(0, waitingBytes - count);
    }
}
