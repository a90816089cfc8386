package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.CoreLoops;
import io.gpushare.analysis.Estimate;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.ModeProof;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A run in which one tenant went well and one ran out of memory. */
final class ExampleRun {
    private static final Absence NOT_MEASURED = Absence.of(Absence.Kind.NOT_MEASURED);

    private ExampleRun() {}

    static RunResult invalid() {
        return with(
                new Verdict(List.of(new Finding(Reason.TENANT_FAILED, "Tenant 1 (bert-train) failed (oom)."))),
                List.of(well(), failed()));
    }

    static RunResult with(Verdict verdict, List<TenantResult> tenants) {
        return new RunResult(
                "4f1c09",
                "4f1c09",
                1,
                1,
                Instant.parse("2026-11-21T09:00:00.125Z"),
                false,
                RecordedPlan.read(object().put("mode", "time-slicing"), ModeKind.of("time-slicing")),
                object().put("tool_version", "0.1.0+abc"),
                new ModeProof(true, List.of("MIG was off and the compute mode was default")),
                List.of(
                        new BaselineResult("resnet-infer", well(), Reading.of(gpu()), Optional.empty()),
                        new BaselineResult(
                                "bert-train", well(), Reading.absent(NOT_MEASURED), Optional.of("benchmark_x.json"))),
                tenants,
                List.of(),
                new SharingMetrics(
                        Reading.of(0.5),
                        Reading.of(2.0),
                        Reading.of(1.0),
                        Reading.absent(new Absence(Absence.Kind.NOT_MEASURED, "one (of two) tenants failed")),
                        0.5,
                        Map.of("token", 20.0, "sample", 100.0),
                        Reading.absent(NOT_MEASURED),
                        Reading.absent(NOT_MEASURED),
                        Reading.of(0.98),
                        Reading.of(120_000L),
                        new SharingErrors(
                                Optional.of(Estimate.ofPercent(0.5, 2.5, 6, 20)),
                                Optional.of(Estimate.ofPercent(2.0, 2.25, 6, 20)),
                                Map.of("sample", Estimate.ofPercent(100.0, 1.5, 3, 20)))),
                Reading.of(gpu()),
                Reading.of(new HostLoad(16, 4.5, Reading.absent(NOT_MEASURED), 0.25)),
                new Timeline(2, Reading.of(3.5), Reading.of(0.8), 40),
                object().put("file", "gpu_monitor_time-slicing_2_20261121T090000Z_4f1c09.json"),
                List.of("Two tenants on two cores."),
                verdict);
    }

    static TenantResult well() {
        return new TenantResult(
                new TenantResult.Identity(0, "resnet-infer", "resnet-infer[batch=16]", "inference", "sample"),
                Optional.empty(),
                new TenantResult.Start(
                        Optional.of(object().put("workload", "resnet-infer")),
                        object().put("pid", 4711),
                        Reading.of(1.5),
                        Reading.of(2.25),
                        Reading.of(4.0),
                        Reading.of(80_000L)),
                new TenantResult.Work(
                        220,
                        22,
                        Reading.of(100.0),
                        Reading.of(new Latency(22, 90.5, 90, 95, 96, 99, false)),
                        Reading.absent(NOT_MEASURED),
                        Reading.of(new CoreSpeed(
                                List.of(3),
                                59_000,
                                1,
                                0.25,
                                0,
                                OptionalDouble.of(0.57),
                                true,
                                CoreSpeed.Effect.OF_ITS_OWN)),
                        Optional.of(new TenantResult.AtFullSpeed(
                                104, Reading.of(new Latency(8, 90.5, 90, 95, 96, 99, false)))),
                        List.of(
                                new WindowResult(
                                        0,
                                        1,
                                        100,
                                        10,
                                        LatencyCounts.of(Map.of(3660, 8L, 3672, 2L)),
                                        true,
                                        Optional.of(new CoreLoops(OptionalInt.of(3), List.of(59_000L, 61_000L), true))),
                                new WindowResult(1, 2.2, 120, 12, LatencyCounts.NONE, false, Optional.empty()))),
                Reading.of(2.0),
                new Errors(
                        Optional.of(new Estimate(104, 0.5, 4, 28)),
                        OptionalDouble.of(0.5),
                        OptionalDouble.of(1),
                        OptionalDouble.empty(),
                        OptionalDouble.of(2)),
                Reading.of(new HostUse(1.9, Reading.of(200L), Reading.notMeasured("a thread ended"), Reading.of(0.25))),
                Map.of("top1", 0.5, "loss", Double.NaN),
                Reading.of("4f1c09.logs/tenant-0.log"),
                Optional.empty());
    }

    static TenantResult failed() {
        Absence ended = new Absence(Absence.Kind.NOT_MEASURED, "the tenant failed");
        return new TenantResult(
                new TenantResult.Identity(1, "bert-train", "bert-train", "training", "token"),
                Optional.of(new Problem("oom", "CUDA out of memory")),
                new TenantResult.Start(
                        Optional.empty(),
                        object(),
                        Reading.absent(ended),
                        Reading.absent(ended),
                        Reading.absent(ended),
                        Reading.absent(ended)),
                new TenantResult.Work(
                        0,
                        0,
                        Reading.absent(ended),
                        Reading.absent(ended),
                        Reading.absent(ended),
                        Reading.absent(ended),
                        Optional.empty(),
                        List.of()),
                Reading.absent(ended),
                Errors.UNKNOWN,
                Reading.absent(ended),
                Map.of(),
                Reading.absent(Absence.Kind.NOT_MEASURED),
                Optional.empty());
    }

    private static GpuUse gpu() {
        return new GpuUse(
                Map.of(
                        "sm_active_percent", Reading.of(new GpuUse.Levels(2, 10, 55.5, 99, 99)),
                        "gpu_utilization_percent", Reading.absent(Absence.Kind.UNDER_MIG)),
                Reading.of(812.5),
                Reading.of(810.25),
                Reading.of(-0.28),
                "");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
