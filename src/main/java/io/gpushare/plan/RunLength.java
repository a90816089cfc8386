package io.gpushare.plan;

import io.gpushare.workload.Workload;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How long a run takes. */
final class RunLength {
    /** To look at the machine, start tenants, stop them and write, on a busy host. */
    private static final Duration AROUND_A_STAGE = Duration.ofMinutes(1);

    private RunLength() {}

    /** Tenants that are measured together. */
    private record PlannedStage(List<TenantPlan> tenants, Duration duration) {}

    /** If nothing took any time but the measurements. */
    static Duration shortest(RunPlan plan) {
        return stages(plan).map(PlannedStage::duration).reduce(Duration.ZERO, Duration::plus);
    }

    /** If every tenant took as long to get ready as it may; in whole minutes. */
    static Duration patient(RunPlan plan) {
        Duration sum = stages(plan)
                .map(stage -> plan.precision()
                        .longest(stage.duration())
                        .plus(loading(stage.tenants()))
                        .plus(AROUND_A_STAGE))
                .reduce(Duration.ZERO, Duration::plus);
        return Duration.ofMinutes(sum.plusSeconds(59).toMinutes());
    }

    private static Stream<PlannedStage> stages(RunPlan plan) {
        return IntStream.rangeClosed(1, plan.repeat())
                .boxed()
                .flatMap(repetition -> Stream.concat(baselines(plan, repetition), shared(plan)));
    }

    private static Stream<PlannedStage> baselines(RunPlan plan, int repetition) {
        if (!(plan.baseline() instanceof BaselineChoice.Run)) {
            return Stream.of();
        }
        BaselineTurn turn = BaselineTurn.of(plan, repetition);
        return plan.variants().stream()
                .map(variant -> new PlannedStage(List.of(variant), turn.duration(plan.duration())))
                .flatMap(stage -> Collections.nCopies(turn.stages(), stage).stream());
    }

    private static Stream<PlannedStage> shared(RunPlan plan) {
        return plan.mode().concurrent()
                ? Stream.of(new PlannedStage(plan.tenants(), plan.duration()))
                : plan.tenants().stream().map(tenant -> new PlannedStage(List.of(tenant), plan.duration()));
    }

    private static Duration loading(List<TenantPlan> together) {
        Duration serial = together.stream()
                .map(TenantPlan::workload)
                .filter(workload -> workload.launch() == Workload.Launch.SERIAL)
                .map(Workload::readyTimeout)
                .reduce(Duration.ZERO, Duration::plus);
        Duration parallel = together.stream()
                .map(TenantPlan::workload)
                .filter(workload -> workload.launch() == Workload.Launch.PARALLEL)
                .map(Workload::readyTimeout)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return serial.plus(parallel);
    }
}
