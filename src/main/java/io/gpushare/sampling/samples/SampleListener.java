package io.gpushare.sampling.samples;

import io.gpushare.reading.Reading;
import java.util.List;

/**
 * Told everything that is sampled, as it comes, one call at a time. Calls come on the sampling threads: return at once,
 * never wait. A listener that throws is told nothing more, and the result says so.
 */
public interface SampleListener {
    /** Comes before the table's first row. */
    default void tableAdded(Table table) {}

    /** @param row filled again after the call */
    default void row(Table table, Row row) {}

    /** Comes before the first row that it concerns. */
    default void absenceChanged(Table table, AbsenceChange change) {}

    default void phaseBegan(PhaseBorder border) {}

    /** Once for each process, before its first row. */
    default void processNamed(NamedProcess process) {}

    /** All processes on a GPU or MIG device now, also when there is none. Live only: a journal keeps them as rows. */
    default void processesListed(Subject device, Reading<List<ProcessMemory>> processes) {}

    /** Something that the reader of the result must know. */
    default void warned(String warning) {}
}
