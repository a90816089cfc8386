package io.gpushare.recovery;

import io.gpushare.failure.GpushareException;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.LeftoverSource;
import java.util.ArrayList;
import java.util.List;

/** Ends what still runs of gpushare processes that died: tenants hold MIG devices and MPS servers. */
record KilledRuns(List<LeftoverSource> sources) {

    /**
     * @param removed what was ended, or would be
     * @param problems sentences: what could not be ended, or not be looked at
     */
    record Ended(List<Leftover> removed, List<String> problems) {}

    Ended end(boolean dryRun) throws InterruptedException {
        List<Leftover> removed = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (LeftoverSource source : sources) {
            try {
                for (Leftover leftover : source.find()) {
                    if (leftover.ownerState() == RunOwner.State.GONE) {
                        end(source, leftover, dryRun, removed, problems);
                    }
                }
            } catch (GpushareException unreachable) {
                problems.add(source.what() + " were not looked at: " + unreachable.sentence());
            }
        }
        return new Ended(removed, problems);
    }

    private static void end(
            LeftoverSource source, Leftover leftover, boolean dryRun, List<Leftover> removed, List<String> problems)
            throws InterruptedException {
        try {
            if (!dryRun) {
                source.remove(leftover);
            }
            removed.add(leftover);
        } catch (GpushareException stays) {
            problems.add("could not remove " + leftover.kind() + " " + leftover.name() + ": " + stays.sentence());
        }
    }
}
