package io.gpushare.results.reading.timeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run over time, in seconds since its tenants' common start (of an exclusive run: since the first tenant's). What
 * came before, loading and baselines, is negative.
 *
 * @param gpu by the metric's name in the file of samples ({@code power_w}, {@code sm_active_percent})
 * @param missing why {@code phases} and {@code gpu} are empty, if so: the samples are not there, or cannot be read
 */
public record RunTimeline(
        List<Phase> phases, Map<String, Series> gpu, List<TenantWindows> tenants, Optional<String> missing) {
    public RunTimeline {
        phases = List.copyOf(phases);
        gpu = Map.copyOf(gpu);
        tenants = List.copyOf(tenants);
    }

    public record Phase(String name, double fromS, double untilS) {}

    /** Both lists are equally long. A value is NaN where there was no reading. */
    public record Series(String unit, List<Double> atS, List<Double> values) {
        public Series {
            atS = List.copyOf(atS);
            values = List.copyOf(values);
        }
    }

    /** What one tenant reported. */
    public record TenantWindows(int number, String variant, String unit, List<Window> windows) {
        public TenantWindows {
            windows = List.copyOf(windows);
        }
    }

    /** @param p50Ms and {@code p99Ms}: empty without latencies */
    public record Window(
            double fromS,
            double untilS,
            double unitsPerSec,
            boolean counted,
            Optional<Double> p50Ms,
            Optional<Double> p99Ms) {}
}
