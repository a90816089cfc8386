package io.gpushare.cli.passthrough;

import io.gpushare.cli.bench.TenantSettingText;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.GpuChoice;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.WorkloadSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The plans of a GPU's tenant: with all that it can do, and with half of that. */
final class PassthroughPlans {
    private static final Pattern SETTING = Pattern.compile("([^=]+)=(.*)");

    private final WorkloadSource workloads;
    private final String workload;
    private final Duration duration;
    private final Consumer<PlanDraft> options;

    /**
     * @param workload a name, or the path of a file
     * @param options what the command line says of all of them
     */
    PassthroughPlans(WorkloadSource workloads, String workload, Duration duration, Consumer<PlanDraft> options) {
        this.workloads = workloads;
        this.workload = TenantSettingText.reference(workload);
        this.duration = duration;
        this.options = options;
    }

    RunPlan full() {
        return draft().plan();
    }

    /** @param setting by which the workload does half, as {@code busy=50} */
    RunPlan half(String setting) {
        Matcher parts = SETTING.matcher(setting);
        if (!parts.matches()) {
            throw GpushareException.usage(
                    "--half " + setting + " does not say which parameter has which value", "Write --half busy=50.");
        }
        PlanDraft draft = draft();
        draft.set(draft.tenants().getFirst().workload().name(), parts.group(1), parts.group(2));
        RunPlan half = draft.plan();
        if (half.tenants().equals(full().tenants())) {
            throw GpushareException.usage(
                    "with --half " + setting + " the workload does as much as without", "Choose another setting.");
        }
        return half;
    }

    private PlanDraft draft() {
        PlanDraft draft = new PlanDraft(workloads);
        draft.mode(new SharingMode.Exclusive());
        draft.addTenants(workload, 1, Map.of());
        draft.gpu(new GpuChoice.Several(List.of()));
        options.accept(draft);
        draft.baseline(new BaselineChoice.None());
        draft.duration(duration);
        draft.atMost(duration);
        GpuChoice gpu = draft.plan().gpu();
        if (!gpu.several()) {
            throw GpushareException.usage(
                    "with one GPU there is nothing to tell apart",
                    "Leave out --gpu for all GPUs of this machine, name several, or try --simulate h200:4.");
        }
        return draft;
    }
}
