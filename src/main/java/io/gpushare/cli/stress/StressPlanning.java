package io.gpushare.cli.stress;

import io.gpushare.cli.bench.BenchParts;
import io.gpushare.cli.bench.BenchPlaceOptions;
import io.gpushare.cli.option.ModeSettingOptions;
import io.gpushare.cli.option.WorkloadRoots;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.plan.WorkloadSource;
import io.gpushare.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that make the plans of a search. */
final class StressPlanning {
    private static final String ALL = "all";
    private static final List<ModeKind> SHARING = List.of(ModeKind.TIME_SLICING, ModeKind.MPS, ModeKind.MIG);

    @Option(
            names = "--mode",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "MODE,…",
            description = "time-slicing, mps, mig; one of gpu-configs, as mps-4; or a file. Several are searched one"
                    + " after another; all: those that this machine can do. Default: time-slicing.")
    private List<String> modes = new ArrayList<>();

    @Mixin
    private StressTenantOptions tenants = new StressTenantOptions();

    @Mixin
    private StressGoalOptions goal = new StressGoalOptions();

    @Mixin
    private BenchPlaceOptions place = new BenchPlaceOptions();

    @Mixin
    private ModeSettingOptions modeSettings = new ModeSettingOptions();

    @Mixin
    private StressPrecisionOptions precision = new StressPrecisionOptions();

    @Mixin
    private WorkloadRoots roots = new WorkloadRoots();

    /** Whether modes that this machine cannot do are not missed. */
    boolean allModes() {
        return modes.contains(ALL);
    }

    /** One a mode, in their order. */
    List<StressPlans> plans(BenchParts parts) {
        WorkloadSource workloads = parts.workloads(roots.further());
        Stream<String> named = allModes()
                ? SHARING.stream().map(ModeKind::toString)
                : (modes.isEmpty() ? List.of(ModeKind.TIME_SLICING.toString()) : modes).stream();
        return named.map(String::strip)
                .distinct()
                .map(name -> plans(parts.modes().find(name), workloads))
                .toList();
    }

    private StressPlans plans(SharingMode mode, WorkloadSource workloads) {
        if (!mode.concurrent()) {
            throw GpushareException.usage(
                    "in the mode " + mode.kind() + " tenants run one after another, however many they are",
                    "Choose --mode time-slicing, mps, mig or all.");
        }
        PlanDraft turn = new PlanDraft(workloads);
        tenants.addTurn(turn);
        turn.mode(mode);
        modeSettings.applyTo(turn);
        SharingMode wanted = turn.mode();
        return new StressPlans(wanted, turn.plan().tenants(), goal.goal(wanted), some -> plan(wanted, some, workloads));
    }

    /** Without baselines: the step of one tenant is what others are compared with. */
    private RunPlan plan(SharingMode mode, List<TenantPlan> some, WorkloadSource workloads) {
        PlanDraft draft = new PlanDraft(workloads);
        draft.mode(mode);
        some.forEach(tenant -> draft.addTenants(tenant.reference(), 1, tenant.settings(), tenant.mps()));
        tenants.applyEnvironment(draft);
        draft.baseline(new BaselineChoice.None());
        goal.applyTo(draft);
        precision.applyTo(draft);
        place.applyTo(draft);
        return draft.plan();
    }

    /** The options on bounds, and whom they bind. */
    StressGoalOptions goal() {
        return goal;
    }

    Time time(RunPlan plan) {
        return place.time(plan);
    }
}
