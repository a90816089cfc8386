package io.gpushare.runtime;

import io.gpushare.outcome.GpushareException;
import io.gpushare.process.RunOwner;
import java.util.ArrayList;
import java.util.List;

/** What runs have left whose gpushare is gone for certain. */
public final class DeadRuns {
    private DeadRuns() {}

    /**
     * Removes all of it. A source that cannot be asked is left out: where tenants run that way, they could not be started
     * either.
     *
     * @return what was removed
     */
    public static List<Leftover> removeLeftovers(List<LeftoverSource> sources) throws InterruptedException {
        List<Leftover> removed = new ArrayList<>();
        for (LeftoverSource source : sources) {
            for (Leftover leftover : found(source)) {
                if (leftover.ownerState() == RunOwner.State.GONE) {
                    source.remove(leftover);
                    removed.add(leftover);
                }
            }
        }
        return removed;
    }

    private static List<Leftover> found(LeftoverSource source) throws InterruptedException {
        try {
            return source.find();
        } catch (GpushareException unreachable) {
            return List.of();
        }
    }
}
