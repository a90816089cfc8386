package io.gpushare.process;

/** How a program ended. */
public sealed interface ProgramExit {

    record Exited(int status) implements ProgramExit {}

    record Killed(int signal) implements ProgramExit {}

    /**
     * Java and shells both tell a signal as 128 and its number. A status from 129 to 159 is therefore taken for one of
     * the 31 signals that end programs; a program that exits with such a status on its own cannot be told from that.
     */
    static ProgramExit of(int status) {
        int lastSignal = 31;
        int signal = status - 128;
        return signal >= 1 && signal <= lastSignal ? new Killed(signal) : new Exited(status);
    }
}
