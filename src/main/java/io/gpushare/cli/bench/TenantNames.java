package io.gpushare.cli.bench;

import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a report of one run calls its tenants: by variant. The variant of a server holds its whole load, which would take
 * the room of the figures; where the run has no other variant of it, the name of the workload tells as much.
 */
final class TenantNames {
    private final List<TenantResult> tenants;
    private final Map<String, Set<String>> variants = new HashMap<>();

    TenantNames(RunResult result) {
        this.tenants = result.tenants();
        for (TenantResult tenant : tenants) {
            variants.computeIfAbsent(tenant.workload(), _ -> new HashSet<>()).add(tenant.variant());
        }
    }

    String of(TenantResult tenant) {
        boolean alone = variants.getOrDefault(tenant.workload(), Set.of()).size() == 1;
        return alone && tenant.load().isPresent() ? tenant.workload() : tenant.variant();
    }

    /** What {@link #of} left away. */
    List<String> footnotes() {
        Set<String> notes = new LinkedHashSet<>();
        for (TenantResult tenant : tenants) {
            if (!of(tenant).equals(tenant.variant())) {
                notes.add(of(tenant) + " is " + tenant.variant() + ".");
            }
        }
        return List.copyOf(notes);
    }
}
