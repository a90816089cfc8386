package io.gpushare.mode.nvidia;

import io.gpushare.process.ProgramOutput;

/** Nobody listens. */
final class Silence implements ProgramOutput {
    @Override
    public void stdout(byte[] bytes, int offset, int count) {}

    @Override
    public void stderr(byte[] bytes, int offset, int count) {}
}
