package io.gpushare.experiment.sweep;

import io.gpushare.mode.SharingMode;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.RunPlan;
import java.nio.file.Path;
import java.util.List;

/**
 * One mix in one way of sharing. Every round runs it once.
 *
 * @param name of safe characters, unlike that of every other cell
 * @param plan without baselines
 * @param baselines names of those that its tenants are compared with
 */
public record SweepCell(String name, RunPlan plan, List<String> baselines) {
    public SweepCell {
        baselines = List.copyOf(baselines);
    }

    /** Of runs that the tenants of others are compared with. */
    boolean alone() {
        return plan.mode() instanceof SharingMode.Exclusive && plan.tenants().size() == 1;
    }

    /**
     * What a round runs: with random numbers of its own.
     *
     * @param alone results of the round's baselines; none where none are wanted
     */
    RunPlan inRound(int round, List<Path> alone) {
        RunPlan drawn = plan.repetition(round);
        return alone.isEmpty() ? drawn : drawn.with(new BaselineChoice.FromFile(alone));
    }
}
