package io.gpushare.results.reading.document;

import io.gpushare.analysis.SharingIndices;
import io.gpushare.reading.Reading;
import io.gpushare.results.Agreement;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.GpuUse.Levels;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.SharingMetrics;
import io.gpushare.results.benchmark.TenantResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Whether what a result says can be true, and agrees with itself: else somebody changed it, or what wrote it had a
 * fault. Nothing is concluded from it then.
 */
final class Plausibility {
    private static final double TOLERANCE = 0.005;
    /** Counters of several engines are read one after another, and may be a little beyond the whole. */
    private static final double MOST_PERCENT = 110;
    /** Several times what any GPU draws. */
    private static final double MOST_W = 10_000;

    private final RunResult run;

    private Plausibility(RunResult run) {
        this.run = run;
    }

    static void require(RunResult run) throws DamagedFileException {
        Plausibility plausibility = new Plausibility(run);
        plausibility.requireProof();
        plausibility.requirePlan();
        plausibility.requireUse("the GPU", run.gpu(), run.timeline().windowS());
        for (BaselineResult baseline : run.baselines()) {
            plausibility.requireUse("the GPU with " + baseline.variant() + " alone", baseline.gpu(), 0);
        }
        for (TenantResult tenant : run.tenants()) {
            plausibility.requireSlowdown(tenant);
        }
        plausibility.requireMetrics();
    }

    private void requireProof() throws DamagedFileException {
        if (run.verdict().valid() && !run.proof().proven()) {
            throw contradiction("it is VALID, and its mode was not proven");
        }
    }

    private void requirePlan() throws DamagedFileException {
        if (run.plan().simulated() && !run.simulated()) {
            throw contradiction("its plan simulates a GPU, and it says that one was measured");
        }
        long count = run.plan().tenantCount();
        if (!run.plan().tenants().isEmpty() && count != run.tenants().size()) {
            throw contradiction("it has " + run.tenants().size() + " tenants, and its plan " + count);
        }
    }

    /** @param windowS in which its energy was taken; 0 where that is not known */
    private void requireUse(String who, Reading<GpuUse> reading, double windowS) throws DamagedFileException {
        Optional<GpuUse> use = reading.asOptional();
        if (use.isEmpty()) {
            return;
        }
        for (Map.Entry<String, Reading<Levels>> metric : use.get().metrics().entrySet()) {
            Optional<Levels> levels = metric.getValue().asOptional();
            if (levels.isPresent()) {
                requireLevels(metric.getKey() + " of " + who, metric.getKey(), levels.get());
            }
        }
        for (Reading<Double> joules :
                List.of(use.get().counterJoules(), use.get().integralJoules())) {
            Optional<Double> energy = joules.asOptional();
            if (energy.isPresent()) {
                requireBetween(
                        "energy of " + who, energy.get(), 0, windowS > 0 ? windowS * MOST_W : Double.MAX_VALUE, " J");
            }
        }
    }

    private static void requireLevels(String what, String name, Levels levels) throws DamagedFileException {
        double most = name.endsWith("_percent") ? MOST_PERCENT : name.endsWith("_w") ? MOST_W : Double.MAX_VALUE;
        // Degrees may be below zero; nothing else that is measured of a GPU is.
        double least = name.endsWith("_c") ? -Double.MAX_VALUE : 0;
        String unit = name.endsWith("_percent") ? " %" : name.endsWith("_w") ? " W" : "";
        for (double level : List.of(levels.min(), levels.mean(), levels.p95(), levels.max())) {
            requireBetween(what, level, least, most, unit);
        }
        double slack = TOLERANCE * Math.abs(levels.max());
        if (levels.mean() < levels.min() - slack || levels.mean() > levels.max() + slack) {
            throw contradiction(
                    "the mean of " + what + " is " + Agreement.words(levels.mean()) + unit + ", and its levels go from "
                            + Agreement.words(levels.min()) + " to " + Agreement.words(levels.max()));
        }
    }

    private void requireSlowdown(TenantResult tenant) throws DamagedFileException {
        String who = "tenant " + tenant.number();
        Optional<Double> slowdown = tenant.slowdown().asOptional();
        Optional<Double> rate = tenant.unitsPerSec().asOptional();
        if (slowdown.isPresent() && rate.isPresent()) {
            Optional<Double> expected = run.mode().concurrent()
                    ? alone(tenant.variant()).map(alone -> alone / rate.get())
                    : Optional.of((double) run.tenants().size());
            requireSame("the slowdown of " + who, slowdown, "its baseline", expected);
        }
    }

    private Optional<Double> alone(String variant) {
        return run.baselines().stream()
                .filter(baseline -> baseline.variant().equals(variant))
                .flatMap(baseline -> baseline.alone().unitsPerSec().asOptional().stream())
                .findFirst();
    }

    private void requireMetrics() throws DamagedFileException {
        SharingMetrics metrics = run.metrics();
        requireIndex("STP", metrics.stp(), SharingIndices::stp);
        requireIndex("ANTT", metrics.antt(), SharingIndices::antt);
        requireIndex("fairness", metrics.fairness(), SharingIndices::fairness);
        requireIndex("Jain's index", metrics.jain(), SharingIndices::jain);
        requireBetween("success rate", metrics.successRate(), 0, 1, "");
        Optional<Double> efficiency = metrics.efficiency().asOptional();
        if (efficiency.isPresent()) {
            requireBetween("efficiency", efficiency.get(), 0, MOST_PERCENT / 100, "");
        }
        for (Map.Entry<String, Double> throughput : metrics.unitsPerSec().entrySet()) {
            requireSame(
                    "the throughput in " + DamagedFileException.shortened(throughput.getKey()) + "s/s",
                    Optional.of(throughput.getValue()),
                    "its tenants",
                    Optional.of(sum(throughput.getKey())));
        }
    }

    /** Over all tenants that count in a unit, as older versions wrote it for unlike workloads, too. */
    private double sum(String unit) {
        double sum = run.tenants().stream()
                .filter(tenant -> tenant.unit().equals(unit))
                .flatMap(tenant -> tenant.unitsPerSec().asOptional().stream())
                .mapToDouble(Double::doubleValue)
                .sum();
        return run.mode().concurrent() ? sum : sum / run.tenants().size();
    }

    private void requireIndex(String name, Reading<Double> said, ToDoubleFunction<List<Double>> index)
            throws DamagedFileException {
        List<Double> progress = run.tenants().stream()
                .flatMap(tenant -> tenant.normalisedProgress().asOptional().stream())
                .toList();
        boolean known = progress.size() == run.tenants().size()
                && progress.stream().allMatch(value -> value > 0 && Double.isFinite(value));
        if (said.asOptional().isPresent() && !known) {
            throw contradiction("it has a " + name + ", and not every tenant has a progress");
        }
        requireSame(
                "its " + name,
                said.asOptional(),
                "its tenants",
                known ? Optional.of(index.applyAsDouble(progress)) : Optional.empty());
    }

    /** Nothing is said against what one of the two does not tell. */
    private static void requireSame(String what, Optional<Double> said, String source, Optional<Double> found)
            throws DamagedFileException {
        if (said.isPresent() && found.isPresent() && !Agreement.agree(said.get(), found.get())) {
            throw contradiction(what + " is " + Agreement.words(said.get()) + ", and " + source
                    + (source.endsWith("s") ? " give " : " gives ") + Agreement.words(found.get()));
        }
    }

    private static void requireBetween(String what, double value, double least, double most, String unit)
            throws DamagedFileException {
        if (!(value >= least && value <= most)) {
            throw new DamagedFileException("cannot be true: " + what + " is " + Agreement.words(value) + unit);
        }
    }

    private static DamagedFileException contradiction(String sentence) {
        return new DamagedFileException("contradicts itself: " + sentence);
    }
}
