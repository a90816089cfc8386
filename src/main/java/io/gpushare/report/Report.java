package io.gpushare.report;

import io.gpushare.results.reading.timeline.RunTimeline;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Section;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmKey;
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
    public record ShownRun(int section, String mix, String arm, StoredRun run, RunTimeline timeline) {

        /** The way of sharing that it is an example of. */
        public ArmKey key(Section within) {
            return within.mixes()
                    .filter(study -> study.mix().equals(mix))
                    .flatMap(study -> study.arms().stream())
                    .filter(candidate -> candidate.name().equals(arm))
                    .map(Arm::key)
                    .findFirst()
                    .orElseGet(() -> new ArmKey(run.result().mode().kind(), arm, false, "", 0));
        }
    }
}
