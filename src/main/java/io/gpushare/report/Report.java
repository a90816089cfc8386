package io.gpushare.report;

import io.gpushare.results.reading.ReadResults;
import io.gpushare.results.reading.RunTimeline;
import io.gpushare.results.reading.StoredRun;
import io.gpushare.study.Study;
import java.time.Instant;
import java.util.List;

/**
 * All that a report is made of.
 *
 * @param read where the study's runs came from, and what was passed over
 * @param shown typical runs, to be drawn over time
 */
public record Report(Study study, ReadResults read, List<ShownRun> shown, Instant madeAt, String toolVersion) {
    public Report {
        shown = List.copyOf(shown);
    }

    /**
     * The typical run of an arm.
     *
     * @param section its index in the study, {@code mix} the words of the mix, {@code arm} the arm's name
     */
    public record ShownRun(int section, String mix, String arm, StoredRun run, RunTimeline timeline) {}
}
