package io.gpushare.cli.stress;

import io.gpushare.cli.bench.PlannedMode;
import io.gpushare.experiment.stress.StressGoal;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The plans of a search in one mode.
 *
 * @param turn the tenants of one turn, with their settings; more go round
 * @param goal how far it goes
 * @param planning makes the plan of some tenants
 */
record StressPlans(
        SharingMode mode, List<TenantPlan> turn, StressGoal goal, Function<List<TenantPlan>, RunPlan> planning) {
    StressPlans {
        turn = List.copyOf(turn);
    }

    /** @throws io.gpushare.failure.GpushareException (status USAGE) where so many make no sense in this mode */
    RunPlan of(int tenants) {
        return planning.apply(IntStream.range(0, tenants)
                .mapToObj(tenant -> turn.get(tenant % turn.size()))
                .toList());
    }

    /** Of a single tenant that does what another does. */
    RunPlan alone(TenantPlan tenant) {
        return planning.apply(List.of(tenant));
    }

    /** The first tenant of each variant, in order. */
    List<TenantPlan> variants() {
        return of(turn.size()).variants();
    }

    /** Whether all tenants do the same. */
    boolean alike() {
        return turn.stream().map(TenantPlan::variant).distinct().count() == 1;
    }

    /** What they all count in; empty where they differ. */
    Optional<String> unit() {
        return alike() ? Optional.of(turn.getFirst().workload().unit()) : Optional.empty();
    }

    ModeKind kind() {
        return mode.kind();
    }

    String words() {
        return PlannedMode.words(mode);
    }
}
