package io.gpushare.experiment.stress;

import io.gpushare.analysis.EarlyStopping;
import io.gpushare.analysis.Estimate;
import io.gpushare.analysis.LatencyBound;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.experiment.stress.StepWork.Kept;
import io.gpushare.experiment.stress.StepWork.Tail;
import io.gpushare.experiment.stress.StressStep.Broke;
import io.gpushare.experiment.stress.StressStep.Outcome;
import io.gpushare.experiment.stress.StressStep.Unjudged;
import io.gpushare.experiment.stress.StressStep.Worked;
import io.gpushare.reading.GpuMetric;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.results.benchmark.WindowResult;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.metric.Baselines;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.RunNumbers;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.StudyOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Makes a step of a run.
 *
 * @param alike whether all tenants do the same: their units can be added up then
 * @param tail of latency that is told, as a share
 */
public record StepReader(List<Slo> slos, boolean alike, double tail) {
    private static final Set<Reason> BREAKS = Set.of(Reason.TENANT_FAILED, Reason.MPS_FAULT);
    private static final Set<Reason> UNTOLD = Set.of(Reason.MODE_UNPROVEN, Reason.TIMED_OUT);

    public StepReader {
        slos = List.copyOf(slos);
    }

    public static boolean interrupted(RunResult run) {
        return reasons(run).contains(Reason.INTERRUPTED);
    }

    /**
     * @param tenants that were asked for
     * @param alone units per second of one tenant of each variant; without those of this run, where it is of one
     *     tenant
     */
    public StressStep read(int tenants, RunResult run, Path file, Map<String, Double> alone) {
        return new StressStep(tenants, outcome(run, file, alone), Optional.of(file));
    }

    /** Units per second of its first tenant, for whom others are compared with it. */
    public static OptionalDouble rate(RunResult run) {
        return run.tenants()
                .getFirst()
                .unitsPerSec()
                .asOptional()
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    private Outcome outcome(RunResult run, Path file, Map<String, Double> alone) {
        Set<Reason> reasons = reasons(run);
        if (reasons.stream().anyMatch(BREAKS::contains)) {
            return new Broke(cause(run), words(run));
        }
        Optional<Finding> untold = run.verdict().findings().stream()
                .filter(finding -> UNTOLD.contains(finding.reason()))
                .findFirst();
        if (untold.isPresent()) {
            return new Unjudged(
                    untold.get().reason().words() + ": " + untold.get().message());
        }
        return work(stored(run, file), alone)
                .<Outcome>map(Worked::new)
                .orElseGet(() -> new Unjudged("nothing was measured"));
    }

    private static Set<Reason> reasons(RunResult run) {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        run.verdict().findings().forEach(finding -> reasons.add(finding.reason()));
        return reasons;
    }

    private static BreakCause cause(RunResult run) {
        boolean memory = run.tenants().stream()
                .flatMap(tenant -> tenant.problem().stream())
                .anyMatch(problem -> problem.kind().equals("oom"));
        if (memory) {
            return BreakCause.OUT_OF_MEMORY;
        }
        return reasons(run).contains(Reason.MPS_FAULT) ? BreakCause.MPS_FAULT : BreakCause.TENANT_FAILED;
    }

    /** Those who failed by themselves, the first of them by its words. */
    private static String words(RunResult run) {
        List<TenantResult> failed = run.tenants().stream()
                .filter(tenant ->
                        tenant.problem().filter(problem -> !problem.cancelled()).isPresent())
                .toList();
        if (failed.isEmpty()) {
            return run.verdict().findings().getFirst().message();
        }
        TenantResult first = failed.getFirst();
        String more = failed.size() == 1 ? "" : ", and " + (failed.size() - 1) + " more failed";
        return "tenant " + first.number() + " (" + first.workload() + ") failed: "
                + first.problem().map(Problem::message).orElse("") + more;
    }

    /** A workload that reports nothing has done nothing. */
    private Optional<StepWork> work(StoredRun stored, Map<String, Double> alone) {
        RunResult run = stored.result();
        List<TenantResult> tenants = run.tenants();
        double units = 0;
        double progress = 0;
        double squaredError = 0;
        boolean errorsKnown = true;
        for (TenantResult tenant : tenants) {
            double rate = tenant.unitsPerSec().asOptional().orElse(0.0);
            double own = tenants.size() == 1 ? rate : alone.getOrDefault(tenant.variant(), 0.0);
            if (!(rate > 0 && own > 0)) {
                return Optional.empty();
            }
            units += rate;
            progress += rate / own;
            Optional<Estimate> error = tenant.errors().throughput();
            errorsKnown &= error.isPresent();
            squaredError += error.map(known -> known.halfWidth() / own)
                    .map(share -> share * share)
                    .orElse(0.0);
        }
        OptionalDouble together =
                errorsKnown ? OptionalDouble.of(100 * Math.sqrt(squaredError) / progress) : OptionalDouble.empty();
        Map<Metric, Double> numbers =
                RunNumbers.of(stored, StudyOptions.DEFAULT, OptionalDouble.empty(), Baselines.of(List.of()));
        OptionalDouble meanW = number(numbers, Metrics.MEAN_POWER);
        return Optional.of(new StepWork(
                alike ? units : progress,
                alike ? errorOfUnits(run).orElse(together) : together,
                tenants.size() / progress,
                tail(stored),
                kept(stored),
                meanW,
                peak(run, meanW),
                alike ? number(numbers, Metrics.JOULES_PER_UNIT) : OptionalDouble.empty(),
                run.verdict().findings().stream()
                        .map(finding -> finding.reason().words())
                        .distinct()
                        .toList()));
    }

    /** Second by second: one tenant's gain may be another's loss. */
    private static Optional<OptionalDouble> errorOfUnits(RunResult run) {
        return run.metrics().errors().unitsPerSecPercent().values().stream()
                .map(OptionalDouble::of)
                .findFirst();
    }

    private static OptionalDouble number(Map<Metric, Double> numbers, Metric metric) {
        Double value = numbers.get(metric);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The mean is the counter's, and may be above all that was sampled. */
    private static OptionalDouble peak(RunResult run, OptionalDouble meanW) {
        return run.gpu()
                .asOptional()
                .flatMap(use -> use.levels(GpuMetric.POWER_RECORDED_W).or(() -> use.levels(GpuMetric.POWER_W)))
                .map(levels -> OptionalDouble.of(Math.max(levels.max(), meanW.orElse(0))))
                .orElse(OptionalDouble.empty());
    }

    private Optional<Tail> tail(StoredRun stored) {
        return variants(stored.result()).stream()
                .map(stored::latencies)
                .filter(counts -> counts.count() > 0)
                .map(counts -> new Tail(
                        counts.quantileMs(tail).orElseThrow(), EarlyStopping.isValidated(tail, counts.count())))
                .max(Comparator.comparingDouble(Tail::ms));
    }

    private Optional<Kept> kept(StoredRun stored) {
        List<Kept> judged = new ArrayList<>();
        for (String variant : variants(stored.result())) {
            LatencyCounts counts = stored.latencies(variant);
            slos.stream()
                    .filter(slo -> slo.isAbout(variant) && counts.count() > 0)
                    .map(slo -> switch (LatencyBound.judge(counts, slo.percentile(), slo.boundMs())) {
                        case LatencyBound.Met _ -> Kept.KEPT;
                        case LatencyBound.Broken _ -> Kept.MISSED;
                        case LatencyBound.TooFew _ -> Kept.TOO_FEW;
                    })
                    .forEach(judged::add);
        }
        return judged.stream().min(Comparator.naturalOrder());
    }

    private static List<String> variants(RunResult run) {
        return run.tenants().stream().map(TenantResult::variant).distinct().toList();
    }

    private static StoredRun stored(RunResult run, Path file) {
        Map<Integer, LatencyCounts> latencies = new HashMap<>();
        for (TenantResult tenant : run.tenants()) {
            latencies.put(
                    tenant.number(),
                    tenant.work().windows().stream()
                            .filter(WindowResult::counted)
                            .map(WindowResult::latency)
                            .reduce(LatencyCounts.NONE, LatencyCounts::plus));
        }
        return new StoredRun(file, Origin.RESULT, run, latencies, Map.of());
    }
}
