package io.gpushare.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps why writing failed: a {@link java.io.PrintStream} on top of it tells only that it did. */
final class WatchedOutput extends OutputStream {
    private final OutputStream target;
    private volatile @Nullable IOException failure;

    WatchedOutput(OutputStream target) {
        this.target = target;
    }

    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }
}
