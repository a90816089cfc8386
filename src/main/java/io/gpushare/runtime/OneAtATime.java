package io.gpushare.runtime;

import io.gpushare.process.ProgramOutput;

/** The two pipes of a program have a thread each; a tenant's output comes one call at a time. */
public record OneAtATime(ProgramOutput output) implements ProgramOutput {

    @Override
    public void stdout(byte[] bytes, int offset, int count) {
        synchronized (output) {
            output.stdout(bytes, offset, count);
        }
    }

    @Override
    public void stderr(byte[] bytes, int offset, int count) {
        synchronized (output) {
            output.stderr(bytes, offset, count);
        }
    }
}
