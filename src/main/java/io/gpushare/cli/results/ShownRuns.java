package io.gpushare.cli.results;

import io.gpushare.report.MixOrder;
import io.gpushare.report.Report.ShownRun;
import io.gpushare.results.reading.timeline.RunTimeline;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Chooses the runs that a report draws over time: of all of them it would be neither readable nor small. */
final class ShownRuns {
    private static final int MOST_MIXES = 4;
    private static final int MOST_ARMS = 6;

    private ShownRuns() {}

    /** @param timelines reads a run once more, which takes a while */
    static List<ShownRun> of(Study study, Function<StoredRun, RunTimeline> timelines) {
        List<ShownRun> shown = new ArrayList<>();
        for (int section = 0; section < study.sections().size(); section++) {
            List<MixStudy> mixes = MixOrder.mostComparedFirst(study.sections().get(section));
            for (MixStudy mix : mixes.subList(0, Math.min(MOST_MIXES, mixes.size()))) {
                for (Arm arm :
                        mix.arms().subList(0, Math.min(MOST_ARMS, mix.arms().size()))) {
                    StoredRun run = arm.typical();
                    shown.add(new ShownRun(section, mix.mix(), arm.name(), run, timelines.apply(run)));
                }
            }
        }
        return shown;
    }
}
