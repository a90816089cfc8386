package io.gpushare.plan;

import io.gpushare.workload.Workload;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How long a run takes. */
final class RunLength {
    /** To look at the machine, start tenants, stop them and write, on a busy host. */
    private static final Duration AROUND_A_STAGE = Duration.ofMinutes(1);

    private RunLength() {}

    /** If nothing took any time but the measurements. */
    static Duration shortest(RunPlan plan) {
        return plan.duration().multipliedBy(stages(plan).count());
    }

    /** If every tenant took as long to get ready as it may; in whole minutes. */
    static Duration patient(RunPlan plan) {
        Duration sum = stages(plan)
                .map(tenants -> plan.duration().plus(loading(tenants)).plus(AROUND_A_STAGE))
                .reduce(Duration.ZERO, Duration::plus);
        return Duration.ofMinutes(sum.plusSeconds(59).toMinutes());
    }

    /** The tenants that are measured together, measurement by measurement. */
    private static Stream<List<TenantPlan>> stages(RunPlan plan) {
        Stream<List<TenantPlan>> baselines = plan.baseline() instanceof BaselineChoice.Run
                ? plan.variants().stream().map(List::of)
                : Stream.of();
        Stream<List<TenantPlan>> repetitions = Stream.generate(() -> plan.mode().concurrent()
                        ? List.of(plan.tenants())
                        : plan.tenants().stream().map(List::of).toList())
                .limit(plan.repeat())
                .flatMap(List::stream);
        return Stream.concat(baselines, repetitions);
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
