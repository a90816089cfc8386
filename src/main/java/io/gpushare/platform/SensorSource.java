package io.gpushare.platform;

import io.gpushare.reading.Reading;
import java.util.List;

/** Somebody beside the GPUs who is asked for readings, and who may take seconds to answer. For one thread at a time. */
public interface SensorSource {
    /** As in the names of tables: small letters. */
    String name();

    /** Who answers: of several sources behind one door none is asked while another is. */
    String door();

    /**
     * All of its sensors, or why there is none. Waits no longer than some seconds. A thread that is interrupted gets an
     * answer at once, of no meaning, and stays interrupted.
     */
    Reading<List<SensorReading>> read();

    /** Whether it is of no use to ask again: there is nobody who could answer. */
    boolean over();
}
