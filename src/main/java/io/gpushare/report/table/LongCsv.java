package io.gpushare.report.table;

import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.CoreSpeed;
import io.gpushare.results.benchmark.Errors;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.GpuUse.Levels;
import io.gpushare.results.benchmark.HostLoad;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.SharingMetrics;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.results.benchmark.Throughputs;
import io.gpushare.study.Section;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Arm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A line for each number of each run that counts: {@code timestamp,domain,metric,measure}. The domain is {@code
 * run/mode} for what is of the whole run, {@code run/mode/host} for the machine, and {@code run/mode/number:variant}
 * for what is one tenant's. What is absent has no line.
 */
public final class LongCsv {
    static final String HEADER = "timestamp,domain,metric,measure";

    private final List<String> lines = new ArrayList<>(List.of(HEADER));

    private LongCsv() {}

    public static List<String> lines(Study study) {
        LongCsv csv = new LongCsv();
        study.sections().stream()
                .flatMap(Section::arms)
                .map(Arm::runs)
                .flatMap(List::stream)
                .map(stored -> stored.result())
                .sorted(Comparator.comparing(RunResult::startedAt).thenComparing(RunResult::runId))
                .forEach(csv::add);
        return csv.lines;
    }

    private void add(RunResult run) {
        String domain = run.runId() + "/" + run.mode();
        SharingMetrics metrics = run.metrics();
        add(run, domain, "stp", metrics.stp());
        add(run, domain, "antt", metrics.antt());
        add(run, domain, "stp_error_percent", metrics.errors().stpPercent());
        add(run, domain, "antt_error_percent", metrics.errors().anttPercent());
        add(run, domain, "fairness", metrics.fairness());
        add(run, domain, "jain", metrics.jain());
        add(run, domain, "success_rate", Optional.of(metrics.successRate()));
        Throughputs.of(run)
                .byUnit()
                .forEach((unit, rate) -> add(run, domain, "throughput_" + unit + "s_per_sec", Optional.of(rate)));
        metrics.errors()
                .unitsPerSecPercent()
                .forEach((unit, percent) ->
                        add(run, domain, "throughput_" + unit + "s_per_sec_error_percent", OptionalDouble.of(percent)));
        if (Throughputs.of(run).byVariant().size() == 1) {
            add(run, domain, "joules_per_unit", metrics.joulesPerUnit());
            add(run, domain, "cost_per_million_units", metrics.costPerMillionUnits());
        }
        add(run, domain, "efficiency", metrics.efficiency());
        add(run, domain, "start_skew_ns", metrics.startSkewNanos().map(Long::doubleValue));
        run.gpu().asOptional().ifPresent(use -> add(run, domain, use));
        run.host().asOptional().ifPresent(load -> add(run, domain + "/host", load));
        run.tenants().forEach(tenant -> add(run, domain + "/" + tenant.number() + ":" + tenant.variant(), tenant));
    }

    /** Levels by their mean. */
    private void add(RunResult run, String domain, GpuUse use) {
        add(run, domain, "energy_j", use.counterJoules());
        new TreeMap<>(use.metrics()).forEach((name, levels) -> add(run, domain, name, levels.map(Levels::mean)));
    }

    private void add(RunResult run, String domain, HostLoad load) {
        add(run, domain, "used_cpus", Optional.of(load.used()));
        add(run, domain, "other_cpus", load.others());
        add(run, domain, "stolen_cpus", Optional.of(load.stolen()));
    }

    private void add(RunResult run, String domain, TenantResult tenant) {
        Errors errors = tenant.errors();
        add(run, domain, "throughput_" + tenant.unit() + "s_per_sec", tenant.unitsPerSec());
        add(run, domain, "throughput_" + tenant.unit() + "s_per_sec_error_percent", errors.throughputPercent());
        add(
                run,
                domain,
                "throughput_" + tenant.unit() + "s_per_sec_as_measured",
                tenant.work().measuredUnitsPerSec());
        add(run, domain, "core_slowed_share", tenant.work().core().map(CoreSpeed::slowedShare));
        add(run, domain, "slowdown", tenant.slowdown());
        add(run, domain, "slowdown_error_percent", errors.slowdownPercent());
        add(run, domain, "normalised_progress", tenant.normalisedProgress());
        tenant.latency().asOptional().ifPresent(latency -> add(run, domain, latency));
        add(run, domain, "latency_p50_ms_error_percent", errors.p50Percent());
        add(run, domain, "latency_p90_ms_error_percent", errors.p90Percent());
        add(run, domain, "latency_p99_ms_error_percent", errors.p99Percent());
        add(run, domain, "units", Optional.of(tenant.work().units()));
        add(run, domain, "steps", Optional.of((double) tenant.work().steps()));
        add(run, domain, "start_late_ns", tenant.start().lateNanos().map(Long::doubleValue));
        add(run, domain, "load_s", tenant.start().loadS());
        add(run, domain, "warmup_s", tenant.start().warmupS());
        add(run, domain, "active_s", tenant.work().activeS());
        add(run, domain, "host_cpu_s", tenant.host().map(host -> host.cpuS()));
    }

    private void add(RunResult run, String domain, Latency latency) {
        add(run, domain, "latency_mean_ms", Optional.of(latency.meanMs()));
        add(run, domain, "latency_p50_ms", Optional.of(latency.p50Ms()));
        add(run, domain, "latency_p90_ms", Optional.of(latency.p90Ms()));
        add(run, domain, "latency_p95_ms", Optional.of(latency.p95Ms()));
        add(run, domain, "latency_p99_ms", Optional.of(latency.p99Ms()));
    }

    private void add(RunResult run, String domain, String metric, OptionalDouble value) {
        add(run, domain, metric, value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty());
    }

    private void add(RunResult run, String domain, String metric, Reading<Double> reading) {
        add(run, domain, metric, reading.asOptional());
    }

    private void add(RunResult run, String domain, String metric, Optional<Double> value) {
        value.filter(Double::isFinite)
                .ifPresent(known -> lines.add(new CsvLine()
                        .name(run.startedAt().toString())
                        .name(domain)
                        .name(metric)
                        .number(known)
                        .toString()));
    }
}
