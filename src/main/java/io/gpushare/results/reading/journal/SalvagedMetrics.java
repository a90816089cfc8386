package io.gpushare.results.reading.journal;

import io.gpushare.analysis.SharingIndices;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.SharingMetrics;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Throughputs;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What sharing did in a killed run, where its baselines were finished. */
final class SalvagedMetrics {
    private static final Reading<Double> NEVER_ENDED = Reading.notMeasured("the run never came to its end");

    private static final double LEAST = 1e-9;

    private SalvagedMetrics() {}

    static List<TenantResult> compared(List<TenantResult> tenants, List<BaselineResult> baselines, boolean concurrent) {
        return tenants.stream()
                .map(tenant -> tenant.against(slowdown(tenant, tenants.size(), baselines, concurrent)))
                .toList();
    }

    /** One after another, each of n tenants has the GPU for 1/n of the time, and its whole speed then. */
    private static Reading<Double> slowdown(
            TenantResult tenant, int count, List<BaselineResult> baselines, boolean concurrent) {
        Optional<Double> shared = positive(tenant.unitsPerSec());
        if (shared.isEmpty()) {
            return Reading.notMeasured("it has no throughput in the measured time");
        }
        if (!concurrent) {
            return Reading.of((double) count);
        }
        return baselines.stream()
                .filter(baseline -> baseline.variant().equals(tenant.variant()))
                .findFirst()
                .map(baseline -> positive(baseline.alone().unitsPerSec())
                        .map(alone -> Reading.of(SharingIndices.slowdown(alone, shared.get())))
                        .orElseGet(() -> Reading.notMeasured("its baseline has no throughput")))
                .orElseGet(() -> Reading.notMeasured("no baseline was finished"));
    }

    /** Less is no work, and its inverse no number. */
    private static Optional<Double> positive(Reading<Double> rate) {
        return rate.asOptional().filter(value -> value > LEAST);
    }

    static SharingMetrics of(List<TenantResult> tenants, boolean concurrent) {
        return new SharingMetrics(
                overAll(tenants, SharingIndices::stp),
                overAll(tenants, SharingIndices::antt),
                overAll(tenants, SharingIndices::fairness),
                overAll(tenants, SharingIndices::jain),
                tenants.stream().filter(tenant -> !tenant.failed()).count() / (double) tenants.size(),
                Throughputs.of(tenants, concurrent).byUnit(),
                NEVER_ENDED,
                NEVER_ENDED,
                NEVER_ENDED,
                startSkewNanos(tenants, concurrent));
    }

    private static Reading<Double> overAll(List<TenantResult> tenants, ToDoubleFunction<List<Double>> index) {
        List<Double> progress = new ArrayList<>();
        for (TenantResult tenant : tenants) {
            if (tenant.normalisedProgress() instanceof Reading.Absent<Double>(Absence absence)) {
                return Reading.notMeasured("tenant " + tenant.number() + ": " + absence.detail());
            }
            tenant.normalisedProgress().asOptional().ifPresent(progress::add);
        }
        return Reading.of(index.applyAsDouble(progress));
    }

    private static Reading<Long> startSkewNanos(List<TenantResult> tenants, boolean concurrent) {
        LongSummaryStatistics late = tenants.stream()
                .flatMap(tenant -> tenant.startLateNanos().asOptional().stream())
                .mapToLong(Long::longValue)
                .summaryStatistics();
        return concurrent && late.getCount() > 1
                ? Reading.of(late.getMax() - late.getMin())
                : Reading.notMeasured("fewer than two tenants started together");
    }
}
