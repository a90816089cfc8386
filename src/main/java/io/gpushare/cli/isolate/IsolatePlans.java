package io.gpushare.cli.isolate;

import io.gpushare.experiment.isolate.Misbehaviour;
import io.gpushare.experiment.isolate.Timing;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.PlanText;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.WorkloadSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The plans of the runs: a victim, tenant 0, beside a neighbour that misbehaves, tenant 1. */
final class IsolatePlans {
    /** The workload that misbehaves. */
    static final String NEIGHBOUR = "misbehave";

    private static final Duration ANEW = Duration.ofSeconds(4);

    private final WorkloadSource workloads;
    private final String victim;
    private final Optional<Duration> duration;
    private final Consumer<PlanDraft> options;

    /**
     * @param victim a workload's name, or the path of its file
     * @param duration of a run; empty for what its neighbour needs
     * @param options what the command line says of all of them
     */
    IsolatePlans(WorkloadSource workloads, String victim, Optional<Duration> duration, Consumer<PlanDraft> options) {
        this.workloads = workloads;
        this.victim = PlanText.isPath(victim)
                ? Path.of(victim).toAbsolutePath().normalize().toString()
                : victim;
        this.duration = duration;
        this.options = options;
    }

    RunPlan beside(Misbehaviour what, SharingMode mode) {
        PlanDraft draft = new PlanDraft(workloads);
        draft.mode(mode);
        draft.addTenants(victim, 1, Map.of());
        draft.addTenants(NEIGHBOUR, 1, Map.of("what", what.toString()));
        options.accept(draft);
        draft.baseline(new BaselineChoice.None());
        // Known once its settings are.
        Duration whole = duration.orElse(timing(draft.plan()).whole());
        draft.duration(whole);
        // What a slowed core needs longer for is no matter of what a neighbour does at one moment.
        draft.atMost(whole);
        return draft.plan();
    }

    static Timing timing(RunPlan plan) {
        return Timing.of(plan.tenants().getLast());
    }

    /** A new victim alone in the same mode, after one has died. */
    static RunPlan anew(RunPlan plan) {
        return plan.firstAlone(ANEW);
    }
}
