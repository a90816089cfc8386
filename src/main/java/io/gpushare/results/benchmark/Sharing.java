package io.gpushare.results.benchmark;

import io.gpushare.analysis.Estimate;
import io.gpushare.analysis.SharingIndices;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What sharing did to the tenants of a run, against their baselines; of a run that came to its end, and of one that was
 * killed.
 *
 * @param tenants with their slowdown
 * @param concurrent false for tenants that ran one after another
 */
public record Sharing(List<TenantResult> tenants, boolean concurrent) {
    /** A rate below this is no work, and its inverse is no number. */
    private static final double LEAST_RATE = 1e-9;

    private static final String BY_THE_CLOCK =
            "its requests come by the clock, so that it answers as many beside others as alone";

    public Sharing {
        tenants = List.copyOf(tenants);
    }

    /** One after another, each of n tenants has the GPU for 1/n of the time, and its whole speed then. */
    public static Sharing of(List<TenantResult> tenants, List<BaselineResult> baselines, boolean concurrent) {
        Set<String> refuted =
                BaselineFit.refuted(tenants, baselines, concurrent).keySet();
        return new Sharing(
                tenants.stream()
                        .map(tenant -> tenant.against(
                                refuted.contains(tenant.variant())
                                        ? Reading.notMeasured("the baseline of " + tenant.variant() + " does not fit")
                                        : slowdown(tenant, tenants.size(), baselines, concurrent),
                                concurrent ? slowdownError(tenant, baselines) : OptionalDouble.empty()))
                        .map(tenant -> tenant.comparedWith(BaselineFit.of(tenant.variant(), baselines)
                                .flatMap(baseline -> baseline.alone().load())))
                        .toList(),
                concurrent);
    }

    /** The same slowdowns, with what is known of their errors. */
    Sharing withErrors(List<BaselineResult> baselines) {
        return new Sharing(
                tenants.stream()
                        .map(tenant -> tenant.against(
                                tenant.slowdown(),
                                concurrent ? slowdownError(tenant, baselines) : OptionalDouble.empty()))
                        .toList(),
                concurrent);
    }

    private static Reading<Double> slowdown(
            TenantResult tenant, int count, List<BaselineResult> baselines, boolean concurrent) {
        if (tenant.isOpenServer()) {
            return Reading.notMeasured(BY_THE_CLOCK);
        }
        Optional<Double> shared = rate(tenant);
        if (shared.isEmpty()) {
            return Reading.notMeasured("it has no throughput in the measured time");
        }
        if (!concurrent) {
            return Reading.of((double) count);
        }
        Optional<BaselineResult> baseline = BaselineFit.of(tenant.variant(), baselines);
        if (baseline.isEmpty()) {
            return Reading.notMeasured("no baseline was measured");
        }
        Reading<CoreSpeed> core = baseline.get().alone().work().core();
        if (core.asOptional().filter(CoreSpeed::slowedAllTheTime).isPresent()) {
            return Reading.notMeasured("its baseline was measured on a core that was slowed most of the time");
        }
        return rate(baseline.get().alone())
                .map(alone -> Reading.of(SharingIndices.slowdown(alone, shared.get())))
                .orElseGet(() -> Reading.notMeasured("its baseline has no throughput"));
    }

    private static OptionalDouble slowdownError(TenantResult tenant, List<BaselineResult> baselines) {
        Optional<Estimate> error = slowdownEstimate(tenant, baselines);
        return error.isPresent() ? OptionalDouble.of(error.get().percent()) : OptionalDouble.empty();
    }

    /** Of a tenant that shared: its throughput with an error that is, as a share, that of its slowdown. */
    public static Optional<Estimate> slowdownEstimate(TenantResult tenant, List<BaselineResult> baselines) {
        Optional<Estimate> alone = BaselineFit.of(tenant.variant(), baselines)
                .flatMap(baseline -> baseline.alone().errors().throughput());
        Optional<Estimate> shared = tenant.errors().throughput();
        return alone.isPresent() && shared.isPresent()
                ? Optional.of(shared.get()
                        .plus(List.of(alone.get().scaledTo(shared.get().value()))))
                : Optional.empty();
    }

    private static Optional<Double> rate(TenantResult tenant) {
        return tenant.unitsPerSec().asOptional().filter(value -> value > LEAST_RATE);
    }

    /**
     * @param use what the work cost of the GPU
     * @param errors how sure the figures are
     */
    public SharingMetrics metrics(GpuCost use, SharingErrors errors) {
        return new SharingMetrics(
                overAll(SharingIndices::stp),
                overAll(SharingIndices::antt),
                overAll(SharingIndices::fairness),
                overAll(SharingIndices::jain),
                tenants.stream().filter(tenant -> !tenant.failed()).count() / (double) tenants.size(),
                Throughputs.of(tenants, concurrent).byUnit(),
                use.joulesPerUnit(),
                use.perMillionUnits(),
                use.efficiency(),
                startSkewNanos(),
                errors);
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

    private Reading<Long> startSkewNanos() {
        LongSummaryStatistics late = tenants.stream()
                .flatMap(tenant -> tenant.start().lateNanos().asOptional().stream())
                .mapToLong(Long::longValue)
                .summaryStatistics();
        return concurrent && late.getCount() > 1
                ? Reading.of(late.getMax() - late.getMin())
                : Reading.notMeasured("fewer than two tenants started together");
    }
}
