package io.gpushare.experiment.passthrough;

import java.nio.file.Path;

/** Brings about a state, and measures it. */
public interface StateRunner {
    /** What became of it. */
    sealed interface Result {
        record Measured(StateReading reading) implements Result {}

        record Failed(String why) implements Result {}

        /** The user wants to end. */
        record Interrupted() implements Result {}
    }

    /** @param folder for all that is written meanwhile; it need not be there */
    Result run(State state, Path folder) throws InterruptedException;
}
