package io.gpushare.results.reading.timeline;

import java.io.IOException;

/** Takes samples one by one: table by table, column by column, in order of time. */
@FunctionalInterface
public interface SampleSink {
    /** The process of a sample that is of none. */
    long NOBODY = -1;

    /**
     * What a sample is of.
     *
     * @param table its name in the file
     * @param pid of the process that has the value; {@link #NOBODY} where it is of the whole subject
     */
    record Origin(String table, String subjectKind, String subject, long pid) {}

    /** @param elapsedMs since the file's begin; what is absent is not told */
    void sample(Origin origin, String metric, double elapsedMs, double value) throws IOException;
}
