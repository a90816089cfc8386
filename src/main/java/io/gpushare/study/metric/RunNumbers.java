package io.gpushare.study.metric;

import io.gpushare.analysis.EarlyStopping;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.reading.GpuMetric;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.BaselineFit;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.SharingMetrics;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.stored.StoredRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The metrics of one run: those that its file has, and what follows from them. What is not known is left out. */
public final class RunNumbers {
    private static final double MILLION = 1e6;
    /** No GPU did that, and sums of it may not be finite. NaN is not below it, either. */
    static final double ABSURD = 1e30;

    private static final double SECONDS_PER_HOUR = 3600;

    private final StoredRun stored;
    private final RunResult run;
    private final StudyOptions options;
    private final OptionalDouble idleW;
    private final Baselines baselines;
    /** Of all tenants of a variant, added up once. */
    private final Map<String, LatencyCounts> latencies = new HashMap<>();

    private final Map<Metric, Double> numbers = new LinkedHashMap<>();

    private RunNumbers(StoredRun stored, StudyOptions options, OptionalDouble idleW, Baselines baselines) {
        this.baselines = baselines;
        this.stored = stored;
        this.run = stored.result();
        this.options = options;
        this.idleW = idleW;
    }

    /**
     * In the order of a report.
     *
     * @param idleW what GPUs of this kind draw when they have nothing to do, as far as it was seen
     * @param baselines which of them may be compared with
     */
    public static Map<Metric, Double> of(
            StoredRun stored, StudyOptions options, OptionalDouble idleW, Baselines baselines) {
        RunNumbers collected = new RunNumbers(stored, options, idleW, baselines);
        Map<String, List<TenantResult>> variants = new LinkedHashMap<>();
        for (TenantResult tenant : stored.result().tenants()) {
            variants.computeIfAbsent(tenant.variant(), _ -> new ArrayList<>()).add(tenant);
        }
        collected.ofRun(variants);
        variants.forEach(collected::ofVariant);
        return collected.numbers;
    }

    private void ofRun(Map<String, List<TenantResult>> variants) {
        SharingMetrics metrics = run.metrics();
        put(Metrics.STP, metrics.stp());
        boolean alike = variants.size() == 1;
        OptionalDouble throughput = metrics.unitsPerSec().values().stream()
                .mapToDouble(Double::doubleValue)
                .findFirst();
        String unit =
                run.tenants().isEmpty() ? "unit" : run.tenants().getFirst().unit();
        if (alike) {
            throughput.ifPresent(rate -> put(inUnits(Metrics.THROUGHPUT, unit), rate));
        }
        put(Metrics.ANTT, metrics.antt());
        put(Metrics.FAIRNESS, metrics.fairness());
        put(Metrics.JAIN, metrics.jain());
        run.tenants().stream()
                .flatMap(tenant -> tenant.slowdown().asOptional().stream())
                .max(Double::compare)
                .ifPresent(worst -> put(Metrics.WORST_SLOWDOWN, worst));
        worst(variants, 0.99).ifPresent(worst -> put(Metrics.WORST_P99_SLOWDOWN, worst));
        worst(variants, 0.9).ifPresent(worst -> put(Metrics.WORST_P90_SLOWDOWN, worst));
        put(Metrics.SUCCESS, metrics.successRate());
        run.gpu().asOptional().ifPresent(use -> energy(use, alike));
        if (alike && throughput.isPresent()) {
            price().ifPresent(perHour ->
                    put(Metrics.COST, perHour * MILLION / (SECONDS_PER_HOUR * throughput.getAsDouble())));
        }
        metrics.stp().asOptional().filter(stp -> stp > 0).ifPresent(stp -> {
            put(Metrics.GPU_TIME_AGAINST_ALONE, 1 / stp);
            put(Metrics.GPUS_SAVED, stp - 1);
        });
        put(Metrics.GPU_BUSY, metrics.efficiency());
        run.gpu()
                .asOptional()
                .flatMap(use -> use.levels(GpuMetric.SM_ACTIVE_PERCENT))
                .ifPresent(active -> put(Metrics.SM_ACTIVE, active.mean()));
        variants.keySet().stream()
                .flatMap(variant -> attainment(variant).stream())
                .min(Double::compare)
                .ifPresent(least -> put(Metrics.SLO_ATTAINMENT, least));
        OfferedLoad.of(run)
                .ifPresent(offered -> offered.numbers(run.gpu().asOptional().flatMap(this::meanPower))
                        .forEach(this::put));
    }

    private OptionalDouble price() {
        if (options.gpuCostPerHour().isPresent()) {
            return options.gpuCostPerHour();
        }
        double given = run.plan().gpuCostPerHour().orElse(0.0);
        return given > 0 ? OptionalDouble.of(given) : OptionalDouble.empty();
    }

    private void energy(GpuUse use, boolean alike) {
        Optional<Double> meanW = meanPower(use);
        meanW.ifPresent(watts -> put(Metrics.MEAN_POWER, watts));
        if (alike) {
            put(Metrics.JOULES_PER_UNIT, run.metrics().joulesPerUnit());
        }
        boolean concurrent = run.mode().concurrent();
        if (concurrent && meanW.isPresent()) {
            double alone = 0;
            for (TenantResult tenant : run.tenants()) {
                Optional<Double> watts = alonePower(tenant.variant());
                Optional<Double> progress = tenant.normalisedProgress().asOptional();
                if (watts.isEmpty() || progress.isEmpty()) {
                    return;
                }
                alone += watts.get() * progress.get();
            }
            if (alone > 0) {
                put(Metrics.ENERGY_AGAINST_ALONE, meanW.get() / alone);
            }
        }
    }

    /** By the counter; the sampled power where there is none. */
    private Optional<Double> meanPower(GpuUse use) {
        double windowS = run.timeline().windowS();
        return windowS > 0
                ? use.counterJoules()
                        .asOptional()
                        .map(joules -> joules / windowS)
                        .or(() -> sampledPower(use))
                : Optional.empty();
    }

    public static Optional<Double> sampledPower(GpuUse use) {
        return use.levels(GpuMetric.POWER_RECORDED_W)
                .or(() -> use.levels(GpuMetric.POWER_W))
                .map(GpuUse.Levels::mean);
    }

    private Optional<Double> alonePower(String variant) {
        return BaselineFit.of(variant, run.baselines())
                .flatMap(alone -> alone.gpu().asOptional())
                .flatMap(RunNumbers::sampledPower);
    }

    private void ofVariant(String variant, List<TenantResult> tenants) {
        String unit = tenants.getFirst().unit();
        // Whoever takes turns has the GPU for his share of the time.
        double share = run.mode().concurrent() ? 1 : 1.0 / run.tenants().size();
        Optional<Double> rate = mean(tenants, TenantResult::unitsPerSec).map(inTurn -> inTurn * share);
        put(inUnits(Metrics.RATE, unit).of(variant), rate);
        Optional<Double> slowdown = mean(tenants, TenantResult::slowdown);
        put(Metrics.SLOWDOWN.of(variant), slowdown);
        put(
                Metrics.OVERHEAD.of(variant),
                mean(tenants, TenantResult::normalisedProgress).map(progress -> 100 * (1 - progress)));
        put(Metrics.START_UP.of(variant), mean(tenants, tenant -> tenant.start().readyS()));
        LatencyCounts counts = latencies(variant);
        put(Metrics.P50.of(variant), quantile(counts, 0.5));
        put(Metrics.P90.of(variant), quantile(counts, 0.9));
        put(Metrics.P99.of(variant), quantile(counts, 0.99));
        put(Metrics.P99_SLOWDOWN.of(variant), tailSlowdown(variant, 0.99));
        attainment(variant).ifPresent(kept -> {
            put(Metrics.VARIANT_ATTAINMENT.of(variant), kept);
            put(inUnits(Metrics.GOODPUT, unit).of(variant), rate.map(all -> all * kept));
        });
        ModelledEnergy.perUnit(run, variant, idleW)
                .ifPresent(joules -> put(Metrics.MODELLED_JOULES.of(variant), joules));
    }

    private Optional<Double> attainment(String variant) {
        return options.slos().stream()
                .filter(slo -> slo.isAbout(variant))
                .map(slo -> shareWithin(latencies(variant), slo.boundMs()))
                .flatMap(Optional::stream)
                .min(Double::compare);
    }

    /**
     * Of the variants that have latencies; empty as soon as one of them has too few: it may be the one that loses
     * most.
     */
    private Optional<Double> worst(Map<String, List<TenantResult>> variants, double q) {
        double worst = 0;
        for (String variant : variants.keySet()) {
            if (latencies(variant).count() > 0) {
                Optional<Double> slowdown = tailSlowdown(variant, q);
                if (slowdown.isEmpty()) {
                    return Optional.empty();
                }
                worst = Math.max(worst, slowdown.get());
            }
        }
        return worst > 0 ? Optional.of(worst) : Optional.empty();
    }

    private Optional<Double> tailSlowdown(String variant, double q) {
        LatencyCounts alone = stored.alone().getOrDefault(variant, LatencyCounts.NONE);
        return quantile(latencies(variant), q)
                .flatMap(shared -> quantile(alone, q).map(before -> shared / before));
    }

    private static Optional<Double> quantile(LatencyCounts counts, double q) {
        return EarlyStopping.validatedMs(counts, q).stream().boxed().findFirst();
    }

    private static Optional<Double> mean(List<TenantResult> tenants, Function<TenantResult, Reading<Double>> what) {
        List<Double> values = tenants.stream()
                .map(what)
                .flatMap(reading -> reading.asOptional().stream())
                .toList();
        return values.size() < tenants.size()
                ? Optional.empty()
                : Optional.of(values.stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow());
    }

    private LatencyCounts latencies(String variant) {
        return latencies.computeIfAbsent(variant, stored::latencies);
    }

    private static Metric inUnits(Metric metric, String unit) {
        return metric.inUnit(unit + "s/s");
    }

    private void put(Metric metric, Reading<Double> reading) {
        put(metric, reading.asOptional());
    }

    private void put(Metric metric, Optional<Double> value) {
        value.ifPresent(known -> put(metric, known.doubleValue()));
    }

    private void put(Metric metric, double value) {
        boolean founded = !Metrics.AGAINST_ALONE.contains(metric.key())
                || metric.variant()
                        .map(variant -> baselines.fit(stored, variant))
                        .orElseGet(() -> baselines.fit(stored));
        if (founded && Math.abs(value) < ABSURD) {
            numbers.put(metric, value);
        }
    }

    private static Optional<Double> shareWithin(LatencyCounts counts, double boundMs) {
        long count = counts.count();
        return count == 0 ? Optional.empty() : Optional.of(1 - (double) counts.countAbove(1e6 * boundMs) / count);
    }
}
