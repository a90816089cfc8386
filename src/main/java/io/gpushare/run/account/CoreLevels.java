package io.gpushare.run.account;

import io.gpushare.analysis.CoreLoops;
import io.gpushare.cores.HostCores;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.FullSpeed;
import io.gpushare.results.benchmark.TenantResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long the loop by which tenants watch their cores takes at full speed. Tenants of one variant do it in the same
 * circumstances, alone as among others: what is the fastest for one of them is for all.
 */
final class CoreLevels {
    private final Map<String, OptionalDouble> byVariant = new HashMap<>();
    private final Reading<HostCores> host;

    /**
     * @param tenants of all stages of a run
     * @param fastestNanos that this host ever was seen to need for the loop, if that is known
     * @param host which processors are one physical core
     */
    CoreLevels(List<TenantResult> tenants, OptionalDouble fastestNanos, Reading<HostCores> host) {
        this.host = host;
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

    /** Tenants that ran together, with the speed of their cores. */
    List<TenantResult> applied(List<TenantResult> together) {
        return FullSpeed.of(
                together,
                together.stream()
                        .map(tenant -> byVariant.getOrDefault(tenant.variant(), OptionalDouble.empty()))
                        .toList(),
                cpu -> host.asOptional().map(cores -> cores.together(cpu)).orElse(Set.of(cpu)));
    }
}
