package io.gpushare.run;

import io.gpushare.plan.RunPlan;
import java.util.List;

/** Carries out a plan. */
public final class RunExecutor {
    private RunExecutor() {}

    /**
     * One outcome a repetition. Whatever happens to tenants ends in an outcome whose verdict says so; nothing of the run is
     * left running.
     *
     * @throws io.gpushare.outcome.GpushareException when nothing could be started
     */
    public static List<RunOutcome> execute(RunPlan plan, Bench bench) throws InterruptedException {
        if (plan.tenants().isEmpty()) {
            return List.of();
        }
        throw new UnsupportedOperationException("comes with the next commits");
    }
}
