package io.gpushare.runtime.docker.container;

import io.gpushare.runtime.docker.engine.Attachment;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/** A tenant's stdin: lines wait here, up to a bound, for a tenant that does not read. */
final class TenantInput implements AutoCloseable {
    private static final int MOST_WAITING_BYTES = 1 << 20;

    private final Attachment attachment;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean closed;

    TenantInput(Attachment attachment, String name) {
        this.attachment = attachment;
        Thread.ofVirtual().name(name).start(this::write);
    }

    synchronized void send(byte[] line) throws IOException {
        if (closed) {
            throw new IOException("its stdin is closed");
        }
        if (waitingBytes + line.length > MOST_WAITING_BYTES) {
            throw new IOException("it does not read its stdin");
        }
        waiting.add(line.clone());
        waitingBytes += line.length;
        notifyAll();
    }

    private void write() {
        try {
            while (true) {
                attachment.write(next());
            }
        } catch (IOException | InterruptedException ended) {
            close();
        }
    }

    private synchronized byte[] next() throws IOException, InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        byte[] line = waiting.poll();
        if (closed || line == null) {
            throw new IOException("closed");
        }
        waitingBytes -= line.length;
        return line;
    }

    @Override
    public synchronized void close() {
        closed = true;
        waiting.clear();
        notifyAll();
    }
}
