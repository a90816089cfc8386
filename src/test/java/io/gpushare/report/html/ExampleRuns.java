package io.gpushare.report.html;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.Estimate;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.ModeProof;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.CoreSpeed;
import io.gpushare.results.benchmark.Errors;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.SharingErrors;
import io.gpushare.results.benchmark.SharingMetrics;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.results.benchmark.Timeline;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.StoredRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Runs as a folder holds them. */
final class ExampleRuns {
    private static final Absence NOT_MEASURED = new Absence(Absence.Kind.NOT_MEASURED, "no <baseline> was measured");

    private ExampleRuns() {}

    static StoredRun valid(String file, String mode, boolean simulated, int tenants, IntFunction<String> variants) {
        return stored(
                file,
                mode,
                simulated,
                IntStream.range(0, tenants)
                        .mapToObj(number -> tenant(number, variants.apply(number), Optional.empty()))
                        .toList(),
                new Verdict(List.of()));
    }

    static StoredRun invalid(String file, String variant) {
        return stored(
                file,
                "mps",
                false,
                List.of(tenant(0, variant, Optional.of(new Problem("oom", "no memory left for " + variant)))),
                new Verdict(List.of(new Finding(Reason.UNSTABLE, "Tenant 0 (" + variant + ") was not steady."))));
    }

    private static StoredRun stored(
            String file, String mode, boolean simulated, List<TenantResult> tenants, Verdict verdict) {
        RunResult result = new RunResult(
                file,
                "f4c6dc",
                1,
                3,
                Instant.parse("2026-11-21T13:40:36.878857055Z"),
                simulated,
                RecordedPlan.read(object().put("mode", mode), ModeKind.of(mode)),
                environment(),
                new ModeProof(true, List.of("read back before and after: MIG off", "2 of 2 tenants saw the <GPU>")),
                List.of(),
                tenants,
                List.of(),
                new SharingMetrics(
                        Reading.of(1.16),
                        Reading.of(1.72),
                        Reading.of(0.99),
                        Reading.of(0.99),
                        1,
                        Map.of("sample", 4793.9),
                        Reading.absent(NOT_MEASURED),
                        Reading.absent(NOT_MEASURED),
                        Reading.of(0.97),
                        Reading.of(5514L),
                        SharingErrors.UNKNOWN),
                Reading.absent(NOT_MEASURED),
                Reading.absent(NOT_MEASURED),
                new Timeline(10, Reading.of(9.8), Reading.of(0.11), 40.8),
                object(),
                List.of("GPU 0 was held back by software power cap (4.5 % of the samples)"),
                verdict);
        return new StoredRun(Path.of("results", file), Origin.RESULT, result, Map.of(), Map.of());
    }

    private static TenantResult tenant(int number, String variant, Optional<Problem> problem) {
        double p50Ms = 4.05 * (number + 1);
        return new TenantResult(
                new TenantResult.Identity(number, variant, variant, "inference", "sample"),
                problem,
                new TenantResult.Start(
                        Optional.empty(),
                        object(),
                        Reading.of(1.5),
                        Reading.of(2.25),
                        Reading.of(4.0),
                        Reading.of(80_000L)),
                new TenantResult.Work(
                        2426,
                        2426,
                        Reading.of(242.5),
                        Reading.of(latency(p50Ms)),
                        Reading.absent(NOT_MEASURED),
                        number == 0
                                ? Reading.of(new CoreSpeed(
                                        List.of(12),
                                        66_000,
                                        30,
                                        9,
                                        0,
                                        OptionalDouble.of(0.57),
                                        false,
                                        CoreSpeed.Effect.OF_ITS_OWN))
                                : Reading.absent(NOT_MEASURED),
                        number == 0
                                ? Optional.of(new TenantResult.AtFullSpeed(280, Reading.of(latency(p50Ms))))
                                : Optional.empty(),
                        List.of()),
                number % 2 == 0 ? Reading.of(1.7) : Reading.absent(NOT_MEASURED),
                number == 0
                        ? new Errors(
                                Optional.of(Estimate.ofPercent(280, 1.4, 4, 30)),
                                OptionalDouble.of(0.7),
                                OptionalDouble.empty(),
                                OptionalDouble.of(12),
                                OptionalDouble.of(2.1))
                        : Errors.UNKNOWN,
                Reading.absent(NOT_MEASURED),
                Map.of(),
                Reading.absent(NOT_MEASURED),
                Optional.empty());
    }

    private static Latency latency(double p50Ms) {
        return new Latency(2426, p50Ms, p50Ms, p50Ms * 1.1, p50Ms * 1.2, p50Ms * 1.3, true);
    }

    private static ObjectNode environment() {
        ObjectNode environment = object().put("tool_version", "0.1.0");
        environment.putObject("driver").put("driver_version", "580.159.04").put("cuda_version", "13.0");
        environment.putObject("host").put("name", "vm").put("cpu_count", 16);
        environment.putArray("gpus").addObject().put("name", "NVIDIA H200").putNull("serial");
        return environment;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
