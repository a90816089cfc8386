package io.gpushare.run.account;

import io.gpushare.analysis.CoreLoops;
import io.gpushare.results.benchmark.TenantResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How long the loop by which tenants watch their cores takes at full speed. Tenants of one variant do it in the same
 * circumstances, alone as among others: what is the fastest for one of them is for all.
 */
final class CoreLevels {
    private final Map<String, OptionalDouble> byVariant = new HashMap<>();

    /**
     * @param tenants of all stages of a run
     * @param fastestNanos that this host ever was seen to need for the loop, if that is known
     */
    CoreLevels(List<TenantResult> tenants, OptionalDouble fastestNanos) {
        tenants.stream()
                .collect(Collectors.groupingBy(TenantResult::variant))
                .forEach((variant, alike) ->
                        byVariant.put(variant, CoreLoops.fullSpeedNanos(loops(alike), fastestNanos)));
    }

    private static List<CoreLoops> loops(List<TenantResult> tenants) {
        return tenants.stream()
                .flatMap(tenant -> tenant.work().windows().stream())
                .flatMap(window -> window.core().stream())
                .toList();
    }

    List<OptionalDouble> of(List<TenantResult> tenants) {
        return tenants.stream().map(tenant -> byVariant.get(tenant.variant())).toList();
    }
}
