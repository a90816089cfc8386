package io.gpushare.run.account;

import io.gpushare.reading.Absence;
import io.gpushare.reading.GpuMetric;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.GpuCost;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.TenantResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the work of a run cost of the GPU: energy, money, and the time in which a kernel ran.
 *
 * @param concurrent false for tenants that ran one after another
 * @param sampledS of each tenant: how long {@code gpu} was measured while it worked
 */
record GpuCosts(List<TenantResult> tenants, boolean concurrent, Reading<GpuUse> gpu, List<Double> sampledS) {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double MILLION = 1e6;

    GpuCosts {
        tenants = List.copyOf(tenants);
        sampledS = List.copyOf(sampledS);
    }

    GpuCost cost(Optional<Double> costPerHour) {
        return new GpuCost(
                perUnit(gpu.flatMap(GpuUse::counterJoules)),
                costPerHour
                        .map(price -> perUnit(Reading.of(price * allSampledS() / SECONDS_PER_HOUR))
                                .map(cost -> cost * MILLION))
                        .orElseGet(() -> Reading.notMeasured("no price was given (--gpu-cost-per-hour)")),
                efficiency());
    }

    private double allSampledS() {
        return concurrent
                ? sampledS.getFirst()
                : sampledS.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Of all units in the measured time. Samples and tokens cannot be added, nor samples of different work. */
    private Reading<Double> perUnit(Reading<Double> total) {
        Set<String> variants = new LinkedHashSet<>();
        double done = 0;
        for (int place = 0; place < tenants.size(); place++) {
            TenantResult tenant = tenants.get(place);
            Optional<Double> rate = tenant.work().measuredUnitsPerSec().asOptional();
            if (rate.isEmpty() && sampledS.get(place) > 0) {
                return Reading.notMeasured("it is not known what tenant " + tenant.number() + " did");
            }
            variants.add(tenant.variant());
            done += rate.orElse(0.0) * sampledS.get(place);
        }
        if (variants.size() > 1) {
            return Reading.notMeasured("the tenants do different work: " + String.join(", ", variants));
        }
        double unitsDone = done;
        return unitsDone > 0 ? total.map(sum -> sum / unitsDone) : Reading.notMeasured("nothing was done");
    }

    /** GPM knows it best; utilisation says the same of the whole GPU. */
    private Reading<Double> efficiency() {
        for (String metric : List.of(
                GpuMetric.GRAPHICS_ACTIVE_PERCENT,
                GpuMetric.GPU_UTILIZATION_RECORDED_PERCENT,
                GpuMetric.GPU_UTILIZATION_PERCENT)) {
            Optional<Double> mean =
                    gpu.asOptional().flatMap(use -> use.levels(metric)).map(GpuUse.Levels::mean);
            if (mean.isPresent()) {
                return Reading.of(mean.get() / 100);
            }
        }
        return gpu instanceof Reading.Absent<GpuUse>(Absence absence)
                ? Reading.absent(absence)
                : Reading.notMeasured("the GPU does not tell when a kernel ran");
    }
}
