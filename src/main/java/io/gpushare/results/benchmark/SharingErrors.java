package io.gpushare.results.benchmark;

import io.gpushare.analysis.Estimate;
import io.gpushare.analysis.FullSpeedRate;
import io.gpushare.analysis.Part;
import io.gpushare.reading.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * How sure the figures of a run are by what was seen within it. What is not known is absent.
 *
 * @param unitsPerSec by unit
 */
public record SharingErrors(Optional<Estimate> stp, Optional<Estimate> antt, Map<String, Estimate> unitsPerSec) {
    public static final SharingErrors UNKNOWN = new SharingErrors(Optional.empty(), Optional.empty(), Map.of());

    public SharingErrors {
        unitsPerSec = Map.copyOf(unitsPerSec);
    }

    /** Half of the 95 % interval, in percent of the figure. */
    public OptionalDouble stpPercent() {
        return percent(stp);
    }

    public OptionalDouble anttPercent() {
        return percent(antt);
    }

    /** By unit. */
    public Map<String, Double> unitsPerSecPercent() {
        Map<String, Double> percents = new TreeMap<>();
        unitsPerSec.forEach((unit, estimate) -> percents.put(unit, estimate.percent()));
        return percents;
    }

    private static OptionalDouble percent(Optional<Estimate> estimate) {
        return estimate.isPresent() ? OptionalDouble.of(estimate.get().percent()) : OptionalDouble.empty();
    }

    /**
     * Of tenants that ran at the same time: one's gain may be another's loss, so their errors are added second by
     * second.
     *
     * @param rates of the tenants, in their order
     */
    public static SharingErrors of(Sharing sharing, List<FullSpeedRate> rates, List<BaselineResult> baselines) {
        if (!sharing.concurrent() || rates.size() != sharing.tenants().size()) {
            return UNKNOWN;
        }
        Map<String, Estimate> alone = new HashMap<>();
        baselines.forEach(baseline ->
                baseline.alone().errors().throughput().ifPresent(estimate -> alone.put(baseline.variant(), estimate)));
        boolean allKnown = sharing.tenants().stream()
                .allMatch(tenant -> tenant.slowdown().asOptional().isPresent() && alone.containsKey(tenant.variant()));
        Parts parts = new Parts(sharing.tenants(), rates);
        Map<String, Estimate> units = new TreeMap<>();
        Throughputs.of(sharing.tenants(), true)
                .byUnit()
                .keySet()
                .forEach(unit -> sum(parts.of(unit), Map.of()).ifPresent(estimate -> units.put(unit, estimate)));
        int n = sharing.tenants().size();
        return new SharingErrors(
                allKnown ? sum(parts.of(tenant -> known(tenant.normalisedProgress())), alone) : Optional.empty(),
                allKnown ? sum(parts.of(tenant -> known(tenant.slowdown()) / n), alone) : Optional.empty(),
                units);
    }

    private static double known(Reading<Double> reading) {
        return reading.asOptional().orElseThrow();
    }

    private static Optional<Estimate> sum(List<Part> parts, Map<String, Estimate> baselines) {
        return parts.stream().anyMatch(part -> part.windows().isEmpty())
                ? Optional.empty()
                : Part.sum(parts, baselines);
    }

    private record Parts(List<TenantResult> tenants, List<FullSpeedRate> rates) {
        List<Part> of(ToDoubleFunction<TenantResult> value) {
            List<Part> parts = new ArrayList<>();
            for (int place = 0; place < tenants.size(); place++) {
                TenantResult tenant = tenants.get(place);
                parts.add(rates.get(place).part(value.applyAsDouble(tenant), tenant.variant()));
            }
            return parts;
        }

        List<Part> of(String unit) {
            List<Part> parts = new ArrayList<>();
            for (int place = 0; place < tenants.size(); place++) {
                TenantResult tenant = tenants.get(place);
                if (tenant.unit().equals(unit)) {
                    parts.add(rates.get(place)
                            .part(tenant.unitsPerSec().asOptional().orElse(0.0), tenant.variant()));
                }
            }
            return parts;
        }
    }
}
