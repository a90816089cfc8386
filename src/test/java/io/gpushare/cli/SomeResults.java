package io.gpushare.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.ModeProof;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.Errors;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.GpuUse.Levels;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.results.benchmark.SharingErrors;
import io.gpushare.results.benchmark.SharingMetrics;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.results.benchmark.Throughputs;
import io.gpushare.results.benchmark.Timeline;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.run.RunOutcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Results of runs that never took place. */
public final class SomeResults {
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final List<TenantResult> tenants = new ArrayList<>();
    private final List<BaselineResult> baselines = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Reading<GpuUse> gpu = missing("no GPU takes part");
    private double stp = 2.41;
    private boolean simulated;
    private String mode = "time-slicing";
    private ObjectNode plan = NOTHING;
    private ModeProof proof = new ModeProof(true, List.of("the GPU was looked at", "and looked at again"));

    static <T> Reading<T> missing(String why) {
        return Reading.absent(new Absence(Absence.Kind.NOT_MEASURED, why));
    }

    public SomeResults tenant(String variant, String unit, double unitsPerSec, boolean sureOfP99) {
        tenants.add(tenant(tenants.size(), variant, unit, Optional.empty(), Reading.of(unitsPerSec), sureOfP99));
        return this;
    }

    public SomeResults failedTenant(String variant, String problem) {
        tenants.add(tenant(
                tenants.size(),
                variant,
                "sample",
                Optional.of(new Problem("exit", problem)),
                missing("tenant failed"),
                true));
        return this;
    }

    public SomeResults baseline(String variant, String unit, double unitsPerSec) {
        baselines.add(new BaselineResult(
                variant,
                tenant(0, variant, unit, Optional.empty(), Reading.of(unitsPerSec), true),
                missing("no GPU takes part"),
                Optional.empty()));
        return this;
    }

    /** On the tenant that was named last, and on the baseline that was. */
    public SomeResults load(ServedLoad shared, ServedLoad alone) {
        tenants.add(serving(tenants.removeLast(), shared));
        BaselineResult last = baselines.removeLast();
        baselines.add(new BaselineResult(last.variant(), serving(last.alone(), alone), last.gpu(), last.source()));
        return this;
    }

    private static TenantResult serving(TenantResult tenant, ServedLoad load) {
        return new TenantResult(
                tenant.identity(),
                tenant.problem(),
                tenant.start(),
                tenant.work(),
                tenant.slowdown(),
                tenant.errors(),
                tenant.host(),
                tenant.metrics(),
                tenant.log(),
                Optional.of(load));
    }

    public SomeResults finding(Verdict.Reason reason, String message) {
        findings.add(new Finding(reason, message));
        return this;
    }

    public SomeResults warning(String sentence) {
        warnings.add(sentence);
        return this;
    }

    public SomeResults stp(double newStp) {
        stp = newStp;
        return this;
    }

    public SomeResults simulated() {
        simulated = true;
        return this;
    }

    public SomeResults mode(String newMode) {
        mode = newMode;
        return this;
    }

    /** @param newPlan as {@code --dry-run} prints it */
    public SomeResults plan(String newPlan) {
        try {
            plan = (ObjectNode) new YAMLMapper().readTree(newPlan);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
        return this;
    }

    public SomeResults unproven(String objection) {
        proof = new ModeProof(false, List.of(objection));
        return this;
    }

    public SomeResults onGpu(String throttling) {
        gpu = Reading.of(new GpuUse(
                Map.of(
                        "gpu_utilization_percent", level(97.4),
                        "sm_active_percent", level(61.2),
                        "memory_used_bytes", level(24.6e9),
                        "power_w", level(412.7),
                        "temperature_c", level(61)),
                Reading.of(12_391.4),
                Reading.of(12_381.9),
                Reading.of(-0.1),
                throttling));
        return this;
    }

    private static Reading<Levels> level(double value) {
        return Reading.of(new Levels(300, value, value, value, value));
    }

    private static TenantResult tenant(
            int number,
            String variant,
            String unit,
            Optional<Problem> problem,
            Reading<Double> unitsPerSec,
            boolean sureOfP99) {
        return new TenantResult(
                new TenantResult.Identity(number, variant.replaceAll("\\[.*", ""), variant, "training", unit),
                problem,
                new TenantResult.Start(
                        Optional.empty(),
                        NOTHING,
                        Reading.of(1.0),
                        Reading.of(2.0),
                        Reading.of(3.5),
                        unitsPerSec.map(rate -> 112_400L)),
                new TenantResult.Work(
                        1000,
                        100,
                        unitsPerSec,
                        unitsPerSec.map(rate -> new Latency(3000, 40.1, 39.2, 40.4, 40.9, 41.24, sureOfP99)),
                        missing("not interactive"),
                        missing("nobody looked"),
                        Optional.empty(),
                        List.of()),
                unitsPerSec.map(rate -> 1.65),
                Errors.UNKNOWN,
                Reading.of(new HostUse(29.41, Reading.of(1000L), Reading.of(20L), Reading.of(0.4))),
                Map.of(),
                Reading.of("tenant" + number + ".log"),
                Optional.empty());
    }

    public RunOutcome outcome(int repetition, int repetitions) {
        Throughputs rates = Throughputs.of(tenants, true);
        boolean measured = gpu instanceof Reading.Value<GpuUse>;
        boolean alike = rates.byVariant().size() == 1;
        boolean compared = !baselines.isEmpty();
        long good = tenants.stream().filter(tenant -> !tenant.failed()).count();
        RunResult result = new RunResult(
                "1a2b3c",
                "4d5e6f",
                repetition,
                repetitions,
                Instant.parse("2026-01-02T03:04:05Z"),
                simulated,
                RecordedPlan.read(plan, ModeKind.of(mode)),
                NOTHING,
                proof,
                baselines,
                tenants,
                List.of(),
                new SharingMetrics(
                        compared ? Reading.of(stp) : missing("no baseline"),
                        compared ? Reading.of(1.65) : missing("no baseline"),
                        compared ? Reading.of(0.97) : missing("no baseline"),
                        compared ? Reading.of(0.999) : missing("no baseline"),
                        (double) good / tenants.size(),
                        rates.byUnit(),
                        measured && alike ? Reading.of(0.2542) : missing("different work"),
                        measured && alike ? Reading.of(571.4) : missing("different work"),
                        measured ? Reading.of(0.974) : missing("no GPU takes part"),
                        Reading.of(412_000L),
                        SharingErrors.UNKNOWN),
                gpu,
                missing("not measured"),
                new Timeline(28.0, Reading.of(8.0), Reading.of(1.2), 127.4),
                NOTHING,
                warnings,
                new Verdict(findings));
        Path file = Path.of("results", "benchmark_time-slicing_" + tenants.size() + "_" + repetition + ".json");
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("repetition", repetition);
        return new RunOutcome(result, file, document);
    }
}
