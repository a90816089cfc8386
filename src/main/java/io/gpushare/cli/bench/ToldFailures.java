package io.gpushare.cli.bench;

import io.gpushare.run.stage.TenantStatus;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Says of each problem of a stage which tenant had it first: those that fail because of it would bury it. */
final class ToldFailures {
    private final Set<String> told = new HashSet<>();

    void clear() {
        told.clear();
    }

    /** Empty for a tenant that did not fail, or with a problem that was told. */
    Optional<String> sentence(TenantStatus status) {
        if (status.state() != TenantStatus.State.FAILED) {
            return Optional.empty();
        }
        String problem = status.state() == TenantStatus.State.CANCELLED
                ? ""
                : status.problem().orElse("");
        if (!told.add(problem)) {
            return Optional.empty();
        }
        return Optional.of("tenant %d, %s, failed%s"
                .formatted(status.number(), status.workload(), problem.isEmpty() ? "" : ": " + problem));
    }
}
