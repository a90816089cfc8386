package io.gpushare.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps what a program prints. */
final class CollectedOutput implements ProgramOutput {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Override
    public void stdout(byte[] bytes, int offset, int count) {
        out.write(bytes, offset, count);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int count) {
        err.write(bytes, offset, count);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
