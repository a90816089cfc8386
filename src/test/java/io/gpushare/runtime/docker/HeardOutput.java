package io.gpushare.runtime.docker;

import io.gpushare.process.ProgramOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Keeps what a tenant says, and can wait for it. */
public final class HeardOutput implements ProgramOutput {
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @Override
    public synchronized void stdout(byte[] bytes, int offset, int count) {
        stdout.write(bytes, offset, count);
        notifyAll();
    }

    @Override
    public synchronized void stderr(byte[] bytes, int offset, int count) {
        stderr.write(bytes, offset, count);
    }

    public synchronized String text() {
        return stdout.toString(StandardCharsets.UTF_8);
    }

    synchronized String complaints() {
        return stderr.toString(StandardCharsets.UTF_8);
    }

    public synchronized void await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!text().contains(text)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("never heard '" + text + "', but: " + text() + complaints());
            }
            wait(left);
        }
    }
}
