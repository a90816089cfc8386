package io.gpushare.sampling;

import io.gpushare.reading.Absence;

/** Something that a loop asks at each of its ticks. */
interface Probe {
    /** Reads and passes on what it read. */
    void take();

    /** Tells why nothing comes from now on, until it is asked again. */
    default void silence(Absence why) {}
}
