package io.gpushare.run.account;

import io.gpushare.analysis.CoreLoops;
import io.gpushare.cores.CoreHistory;
import io.gpushare.cores.HostCores;
import io.gpushare.plan.RunPlan;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.Rating;
import io.gpushare.results.benchmark.Rating.Watched;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.witness.ProgramWitness;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long the loop by which tenants watch their cores takes at full speed. Tenants of one variant do it in the same
 * circumstances, alone as among others: what is the fastest for one of them is for all.
 */
final class CoreLevels {
    private final Map<String, OptionalDouble> byVariant = new HashMap<>();
    private final RunPlan plan;
    private final Reading<HostCores> host;

    /**
     * @param tenants of all stages of a run
     * @param history of this host's cores, to which this adds
     * @param host which processors are one physical core
     */
    CoreLevels(RunPlan plan, List<TenantResult> tenants, CoreHistory history, Reading<HostCores> host) {
        this.plan = plan;
        this.host = host;
        Map<String, List<TenantResult>> variants =
                tenants.stream().collect(Collectors.groupingBy(TenantResult::variant));
        // What one program shows of this host holds for the others.
        variants.values().forEach(alike -> remember(alike, history));
        variants.forEach((variant, alike) -> byVariant.put(
                variant,
                CoreLoops.fullSpeedNanos(
                        loops(alike), program(alike).map(history::fastestNanos).orElse(OptionalDouble.empty()))));
    }

    private static void remember(List<TenantResult> alike, CoreHistory history) {
        OptionalDouble own = CoreLoops.fullSpeedNanos(loops(alike), OptionalDouble.empty());
        program(alike).ifPresent(program -> own.ifPresent(nanos -> history.saw(program, nanos)));
    }

    private static List<CoreLoops> loops(List<TenantResult> tenants) {
        return tenants.stream()
                .flatMap(tenant -> tenant.work().windows().stream())
                .flatMap(window -> window.core().stream())
                .toList();
    }

    /** As it said in its hello, if it was not gpushare; empty unless all say the same. */
    private static Optional<String> program(List<TenantResult> alike) {
        if (loops(alike).stream().anyMatch(CoreLoops::witnessed)) {
            return Optional.of(ProgramWitness.PROGRAM);
        }
        List<String> versions = alike.stream()
                .flatMap(tenant -> tenant.start().said().stream())
                .map(said -> said.path("versions").path("python").asText(""))
                .distinct()
                .toList();
        return versions.size() == 1 && !versions.getFirst().isEmpty()
                ? Optional.of("python " + versions.getFirst())
                : Optional.empty();
    }

    private String alike(TenantResult tenant) {
        return AlikeTenants.word(
                plan.tenants().get(tenant.number()),
                plan.mode().kind(),
                tenant.start().said());
    }

    /** Tenants that ran together, with the speed of their cores. */
    RatedTenants rated(List<TenantResult> together) {
        return RatedTenants.of(
                together,
                Rating.of(
                        together.stream()
                                .map(tenant -> new Watched(
                                        alike(tenant),
                                        tenant.start().launched().path("node").asText(""),
                                        tenant.work().windows(),
                                        byVariant.getOrDefault(tenant.variant(), OptionalDouble.empty()),
                                        tenant.waits()))
                                .toList(),
                        cpu -> host.asOptional()
                                .map(cores -> cores.together(cpu))
                                .orElse(Set.of(cpu))));
    }
}
