package io.gpushare.run.stage;

import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.RunPlan;

/** Which of all the stages of a command is under way: for the progress that is shown. */
public final class StageCount {
    private final int all;
    private int begun;

    public StageCount(RunPlan plan, int stagesOfABaseline) {
        int baselines = wantsBaselines(plan) ? plan.variants().size() * stagesOfABaseline : 0;
        int shared = plan.mode().concurrent() ? 1 : plan.tenants().size();
        this.all = (baselines + shared) * plan.repeat();
    }

    /** One after another, each tenant is alone anyway, unless other GPUs of the host work at the same time. */
    public static boolean wantsBaselines(RunPlan plan) {
        return (plan.mode().concurrent() || plan.gpu().several()) && plan.baseline() instanceof BaselineChoice.Run;
    }

    int next() {
        begun++;
        return begun;
    }

    int all() {
        return all;
    }
}
