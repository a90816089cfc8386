package io.gpushare.process;

/**
 * Takes what a program prints, as it comes, on one thread for each pipe. A call that does not return holds up its own
 * pipe only, and with that the program.
 */
public interface ProgramOutput {
    void stdout(byte[] bytes, int offset, int count);

    void stderr(byte[] bytes, int offset, int count);
}
