package io.gpushare.results.benchmark;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What tenants do together, in units per second. Only those of one variant are added up: a sample of a training and one
 * of an inference have a name in common, and are no sum.
 */
public final class Throughputs {
    private final List<TenantResult> tenants;
    private final double share;

    private Throughputs(List<TenantResult> tenants, boolean concurrent) {
        this.tenants = tenants;
        // Who takes turns with n - 1 others has the GPU for an nth of the time.
        this.share = concurrent || tenants.isEmpty() ? 1 : 1.0 / tenants.size();
    }

    /** @param concurrent false for tenants that ran one after another */
    public static Throughputs of(List<TenantResult> tenants, boolean concurrent) {
        return new Throughputs(tenants, concurrent);
    }

    public static Throughputs of(RunResult run) {
        return of(run.tenants(), run.mode().concurrent());
    }

    /** By all windows, however fast the cores were. */
    public static Throughputs asMeasured(RunResult run) {
        return of(
                run.tenants().stream().map(TenantResult::asMeasured).toList(),
                run.mode().concurrent());
    }

    /** In the order of the tenants; without variants of which nothing is known. */
    public Map<String, Double> byVariant() {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (TenantResult tenant : tenants) {
            tenant.unitsPerSec()
                    .asOptional()
                    .ifPresent(rate -> sums.merge(tenant.variant(), share * rate, Double::sum));
        }
        return sums;
    }

    /** By the unit's name, of the units that one variant alone counts in. */
    public Map<String, Double> byUnit() {
        Map<String, Set<String>> variants = new HashMap<>();
        Map<String, String> units = new LinkedHashMap<>();
        for (TenantResult tenant : tenants) {
            variants.computeIfAbsent(tenant.unit(), _ -> new HashSet<>()).add(tenant.variant());
            units.put(tenant.variant(), tenant.unit());
        }
        Map<String, Double> sums = new TreeMap<>();
        byVariant().forEach((variant, rate) -> {
            String unit = units.getOrDefault(variant, "");
            if (variants.getOrDefault(unit, Set.of()).size() == 1) {
                sums.put(unit, rate);
            }
        });
        return sums;
    }
}
