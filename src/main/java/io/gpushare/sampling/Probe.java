package io.gpushare.sampling;

/** Something that a loop asks at each of its ticks. */
interface Probe extends AutoCloseable {
    /** Reads and passes on what it read. */
    void take();

    /** Gives back what was opened to read. */
    @Override
    default void close() {}
}
