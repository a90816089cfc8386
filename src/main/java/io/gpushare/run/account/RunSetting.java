package io.gpushare.run.account;

import io.gpushare.cores.CoreHistory;
import io.gpushare.cores.OwnCores;
import io.gpushare.mode.ModeRequest;
import io.gpushare.mode.ModeRequest.TenantNeeds;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.run.stage.Bench;
import io.gpushare.run.stage.Mailbox;
import io.gpushare.run.stage.StageCount;
import io.gpushare.run.stage.StageTimeouts;
import io.gpushare.run.stage.WatchedTenants;
import io.gpushare.runtime.TenantRuntime;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds for all repetitions of a command.
 *
 * @param group shared by their results
 * @param baselines taken from a file; empty when they are to be measured, or not wanted
 * @param watched tenants that are only watched
 * @param cores which tenant has which to itself, also when it runs alone
 * @param history of the speed of this host's cores
 * @param warnings of the plan and the preflight
 */
public record RunSetting(
        RunPlan plan,
        Bench bench,
        Mailbox mailbox,
        StageTimeouts patience,
        StageCount stages,
        String group,
        List<BaselineResult> baselines,
        WatchedTenants watched,
        OwnCores cores,
        CoreHistory history,
        List<String> warnings) {
    public RunSetting {
        baselines = List.copyOf(baselines);
        warnings = List.copyOf(warnings);
    }

    public ModeRequest request() throws InterruptedException {
        return request(plan, bench.runtime());
    }

    public static ModeRequest request(RunPlan plan, TenantRuntime runtime) throws InterruptedException {
        List<TenantNeeds> needs = new ArrayList<>();
        for (TenantPlan tenant : plan.tenants()) {
            needs.add(new TenantNeeds(tenant.mps(), runtime.userId(tenant.workload())));
        }
        return new ModeRequest(plan.mode(), needs, plan.besideOthers());
    }

    public RunSetting forRepetition(int number) {
        return new RunSetting(
                plan.repetition(number),
                bench,
                mailbox,
                patience,
                stages,
                group,
                baselines,
                watched,
                cores,
                history,
                warnings);
    }

    public boolean measuresBaselines() {
        return baselines.isEmpty() && StageCount.wantsBaselines(plan);
    }
}
