package io.gpushare.runtime.process;

import io.gpushare.process.ProgramOutput;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a tenant printed, and whether two calls for it were ever under way together. */
final class PrintedOutput implements ProgramOutput {
    private final StringBuilder out = new StringBuilder();
    private final AtomicBoolean inside = new AtomicBoolean();
    private final AtomicBoolean overlapped = new AtomicBoolean();

    @Override
    public void stdout(byte[] bytes, int offset, int count) {
        add(bytes, offset, count);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int count) {
        add(bytes, offset, count);
    }

    private void add(byte[] bytes, int offset, int count) {
        if (inside.getAndSet(true)) {
            overlapped.set(true);
        }
        synchronized (out) {
            out.append(new String(bytes, offset, count, StandardCharsets.UTF_8));
        }
        inside.set(false);
    }

    String text() {
        synchronized (out) {
            return out.toString();
        }
    }

    boolean overlapped() {
        return overlapped.get();
    }
}
