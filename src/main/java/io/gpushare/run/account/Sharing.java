package io.gpushare.run.account;

import io.gpushare.analysis.SharingIndices;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.BaselineFit;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.SharingMetrics;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Throughputs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What sharing did to the tenants of a run, against their baselines. */
final class Sharing {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double MILLION = 1e6;

    private final List<TenantResult> tenants;
    private final boolean concurrent;
    private final Reading<GpuUse> gpu;
    private final List<Double> sampledS;

    /**
     * @param concurrent false for tenants that ran one after another
     * @param sampledS of each tenant: how long {@code gpu} was measured while it worked
     */
    Sharing(List<TenantResult> tenants, boolean concurrent, Reading<GpuUse> gpu, List<Double> sampledS) {
        this.tenants = List.copyOf(tenants);
        this.concurrent = concurrent;
        this.gpu = gpu;
        this.sampledS = List.copyOf(sampledS);
    }

    /** Each tenant's slowdown. One after another, each of n has the GPU for 1/n of the time, and its whole speed then. */
    static List<TenantResult> compared(List<TenantResult> tenants, List<BaselineResult> baselines, boolean concurrent) {
        Set<String> refuted =
                BaselineFit.refuted(tenants, baselines, concurrent).keySet();
        return tenants.stream()
                .map(tenant -> tenant.against(
                        refuted.contains(tenant.variant())
                                ? Reading.notMeasured("the baseline of " + tenant.variant() + " does not fit")
                                : slowdown(tenant, tenants.size(), baselines, concurrent)))
                .toList();
    }

    private static Reading<Double> slowdown(
            TenantResult tenant, int count, List<BaselineResult> baselines, boolean concurrent) {
        if (!positive(tenant.unitsPerSec())) {
            return Reading.notMeasured("it has no throughput in the measured time");
        }
        if (!concurrent) {
            return Reading.of((double) count);
        }
        Optional<TenantResult> alone =
                BaselineFit.of(tenant.variant(), baselines).map(BaselineResult::alone);
        if (alone.isEmpty()) {
            return Reading.notMeasured("no baseline was measured");
        }
        if (!positive(alone.get().unitsPerSec())) {
            return Reading.notMeasured("its baseline has no throughput");
        }
        return Reading.of(SharingIndices.slowdown(
                alone.get().unitsPerSec().asOptional().orElseThrow(),
                tenant.unitsPerSec().asOptional().orElseThrow()));
    }

    private static boolean positive(Reading<Double> throughput) {
        return throughput.asOptional().filter(value -> value > 0).isPresent();
    }

    SharingMetrics metrics(Optional<Double> costPerHour, OptionalLong startSkewNanos) {
        Reading<Double> joulesPerUnit = perUnit(joules());
        return new SharingMetrics(
                overAll(SharingIndices::stp),
                overAll(SharingIndices::antt),
                overAll(SharingIndices::fairness),
                overAll(SharingIndices::jain),
                tenants.stream().filter(tenant -> !tenant.failed()).count() / (double) tenants.size(),
                Throughputs.of(tenants, concurrent).byUnit(),
                joulesPerUnit,
                costPerHour
                        .map(price -> perUnit(Reading.of(price * allSampledS() / SECONDS_PER_HOUR))
                                .map(cost -> cost * MILLION))
                        .orElseGet(() -> Reading.notMeasured("no price was given (--gpu-cost-per-hour)")),
                efficiency(),
                startSkewNanos.isPresent()
                        ? Reading.of(startSkewNanos.getAsLong())
                        : Reading.notMeasured("fewer than two tenants started together"));
    }

    /** Interactive tenants idle by their own choice: they count like the others, and the file tells their kind. */
    private Reading<Double> overAll(ToDoubleFunction<List<Double>> index) {
        List<Double> progress = new ArrayList<>();
        for (TenantResult tenant : tenants) {
            if (tenant.normalisedProgress() instanceof Reading.Absent<Double>(Absence absence)) {
                return Reading.notMeasured("tenant " + tenant.number() + ": " + absence.detail());
            }
            tenant.normalisedProgress().asOptional().ifPresent(progress::add);
        }
        return Reading.of(index.applyAsDouble(progress));
    }

    private Reading<Double> joules() {
        return switch (gpu) {
            case Reading.Value<GpuUse>(GpuUse use) -> use.counterJoules();
            case Reading.Absent<GpuUse>(Absence absence) -> Reading.absent(absence);
        };
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
            Optional<Double> rate = tenant.unitsPerSec().asOptional();
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
        return gpu instanceof Reading.Absent<GpuUse>(Absence absence)
                ? Reading.absent(absence)
                : Reading.notMeasured("the GPU does not tell when a kernel ran");
    }
}
