package io.gpushare.run;

import io.gpushare.analysis.SharingIndices;
import io.gpushare.gpu.Absence;
import io.gpushare.gpu.Reading;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.SharingMetrics;
import io.gpushare.results.benchmark.TenantResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What sharing did to the tenants of a run, against their baselines. */
final class Sharing {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double MILLION = 1e6;

    private final List<TenantResult> tenants;
    private final boolean concurrent;
    private final Reading<GpuUse> gpu;
    private final double windowS;

    /**
     * @param concurrent false for tenants that ran one after another
     * @param windowS in which {@code gpu} was measured
     */
    Sharing(List<TenantResult> tenants, boolean concurrent, Reading<GpuUse> gpu, double windowS) {
        this.tenants = List.copyOf(tenants);
        this.concurrent = concurrent;
        this.gpu = gpu;
        this.windowS = windowS;
    }

    /** Each tenant's slowdown. One after another, each of n has the GPU for 1/n of the time, and its whole speed then. */
    static List<TenantResult> compared(List<TenantResult> tenants, List<BaselineResult> baselines, boolean concurrent) {
        return tenants.stream()
                .map(tenant -> tenant.against(slowdown(tenant, tenants.size(), baselines, concurrent)))
                .toList();
    }

    private static Reading<Double> slowdown(
            TenantResult tenant, int count, List<BaselineResult> baselines, boolean concurrent) {
        if (!positive(tenant.unitsPerSec())) {
            return absent("it has no throughput in the measured time");
        }
        if (!concurrent) {
            return Reading.of((double) count);
        }
        Optional<TenantResult> alone = baselines.stream()
                .filter(baseline -> baseline.variant().equals(tenant.variant()))
                .map(BaselineResult::alone)
                .findFirst();
        if (alone.isEmpty()) {
            return absent("no baseline was measured");
        }
        if (!positive(alone.get().unitsPerSec())) {
            return absent("its baseline has no throughput");
        }
        return Reading.of(SharingIndices.slowdown(
                alone.get().unitsPerSec().asOptional().orElseThrow(),
                tenant.unitsPerSec().asOptional().orElseThrow()));
    }

    private static boolean positive(Reading<Double> throughput) {
        return throughput.asOptional().filter(value -> value > 0).isPresent();
    }

    SharingMetrics metrics(Optional<Double> costPerHour, OptionalLong startSkewNanos) {
        Reading<Double> joulesPerUnit = perUnit(
                gpu.asOptional().map(GpuUse::counterJoules).orElseGet(() -> absent("no GPU energy was measured")));
        return new SharingMetrics(
                overAll(SharingIndices::stp),
                overAll(SharingIndices::antt),
                overAll(SharingIndices::fairness),
                overAll(SharingIndices::jain),
                tenants.stream().filter(tenant -> !tenant.failed()).count() / (double) tenants.size(),
                unitsPerSec(),
                joulesPerUnit,
                costPerHour
                        .map(price -> perUnit(Reading.of(price * windowS / SECONDS_PER_HOUR))
                                .map(cost -> cost * MILLION))
                        .orElseGet(() -> absent("no price was given (--gpu-cost-per-hour)")),
                efficiency(),
                startSkewNanos.isPresent()
                        ? Reading.of(startSkewNanos.getAsLong())
                        : absent("fewer than two tenants started together"));
    }

    /** Interactive tenants idle by their own choice: they count like the others, and the file tells their kind. */
    private Reading<Double> overAll(ToDoubleFunction<List<Double>> index) {
        List<Double> progress = new ArrayList<>();
        for (TenantResult tenant : tenants) {
            if (tenant.normalisedProgress() instanceof Reading.Absent<Double>(Absence absence)) {
                return absent("tenant " + tenant.number() + ": " + absence.detail());
            }
            tenant.normalisedProgress().asOptional().ifPresent(progress::add);
        }
        return Reading.of(index.applyAsDouble(progress));
    }

    private Map<String, Double> unitsPerSec() {
        Map<String, Double> sums = new TreeMap<>();
        for (TenantResult tenant : tenants) {
            double share = concurrent ? 1 : 1.0 / tenants.size();
            tenant.unitsPerSec().asOptional().ifPresent(rate -> sums.merge(tenant.unit(), share * rate, Double::sum));
        }
        return sums;
    }

    /** Of all units in the measured time. Samples and tokens cannot be added. */
    private Reading<Double> perUnit(Reading<Double> total) {
        Set<String> units = new LinkedHashSet<>();
        double done = 0;
        for (TenantResult tenant : tenants) {
            units.add(tenant.unit());
            done += tenant.unitsPerSec().asOptional().orElse(0.0) * (concurrent ? 1 : 1.0 / tenants.size());
        }
        if (units.size() > 1) {
            return absent("the tenants count different units: " + String.join(", ", units));
        }
        double unitsInWindow = done * windowS;
        return unitsInWindow > 0 ? total.map(sum -> sum / unitsInWindow) : absent("nothing was done");
    }

    /** GPM knows it best; utilisation says the same of the whole GPU. */
    private Reading<Double> efficiency() {
        for (String metric :
                List.of("graphics_active_percent", "gpu_utilization_recorded_percent", "gpu_utilization_percent")) {
            Optional<Double> mean = gpu.asOptional()
                    .flatMap(use -> Optional.ofNullable(use.metrics().get(metric)))
                    .flatMap(Reading::asOptional)
                    .map(GpuUse.Levels::mean);
            if (mean.isPresent()) {
                return Reading.of(mean.get() / 100);
            }
        }
        return absent("the GPU does not tell when a kernel ran");
    }

    private static <T> Reading<T> absent(String why) {
        return Reading.absent(new Absence(Absence.Kind.NOT_MEASURED, why));
    }
}
