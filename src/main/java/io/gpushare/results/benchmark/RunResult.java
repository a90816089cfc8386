package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.ModeProof;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.reading.Reading;
import io.gpushare.results.InFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One run, as it stands in its file.
 *
 * @param runId marks its files, containers and processes
 * @param group shared by the repetitions of one command
 * @param repetition from 1 to {@code repetitions}
 * @param plan as {@code --dry-run} prints it
 * @param environment GPU, driver, host, runtime, images and digests, the tool's own version
 * @param proof that the mode was in force
 * @param watched tenants that were only watched, and are none of {@code tenants}
 * @param gpu over the measured window; absent without a GPU
 * @param host likewise; absent where the time is not the machine's
 * @param sampling the sampler's own error, and the name of the file with its samples
 */
public record RunResult(
        String runId,
        String group,
        int repetition,
        int repetitions,
        @InFile(name = "started_utc") Instant startedAt,
        boolean simulated,
        @InFile(apart = true) RecordedPlan plan,
        ObjectNode environment,
        ModeProof proof,
        @InFile(apart = true) List<BaselineResult> baselines,
        @InFile(apart = true) List<TenantResult> tenants,
        List<WatchedResult> watched,
        @InFile(apart = true) SharingMetrics metrics,
        Reading<GpuUse> gpu,
        @InFile(otherwise = "it was not asked for") Reading<HostLoad> host,
        Timeline timeline,
        ObjectNode sampling,
        List<String> warnings,
        Verdict verdict) {
    private static final double MOST_OF_THE_TIME = 0.5;

    public RunResult {
        baselines = List.copyOf(baselines);
        tenants = List.copyOf(tenants);
        watched = List.copyOf(watched);
        warnings = List.copyOf(warnings);
    }

    /** Who worked beside the tenants and was only watched, by name; as the plan names them where no more is known. */
    public List<String> neighbours() {
        return watched.isEmpty()
                ? plan.attached().stream()
                        .map(tenant -> tenant.name().orElseGet(tenant::targetWords))
                        .toList()
                : watched.stream().map(WatchedResult::name).toList();
    }

    /** Of the host, on which the same plan was measured most of the time that this run was. */
    public int otherCards() {
        return (int) environment
                .path("company")
                .path("gpus")
                .valueStream()
                .filter(gpu -> gpu.path("worked_share").asDouble() > MOST_OF_THE_TIME)
                .count();
    }

    /** How many each had to itself; 0 where the kernel placed them, as older versions always let it. */
    public int coresPerTenant() {
        return environment.path("cores").path("per_tenant").asInt(0);
    }

    public SharingMode mode() {
        return plan.mode();
    }

    /**
     * Tenants that do the same, as they were planned.
     *
     * @param workload its name, which the plan may give as the path of a file
     */
    public record Planned(String workload, RecordedPlan.Alike alike) {}

    public List<Planned> planned() {
        List<Planned> planned = new ArrayList<>();
        long number = 0;
        for (RecordedPlan.Alike alike : plan.tenants()) {
            String workload =
                    number < tenants.size() ? tenants.get((int) number).workload() : alike.reference();
            planned.add(new Planned(workload, alike));
            number += alike.count();
        }
        return planned;
    }

    /** The same run, of which more is known than its file says. */
    RunResult judged(
            List<BaselineResult> newBaselines,
            List<TenantResult> newTenants,
            SharingMetrics newMetrics,
            Verdict newVerdict) {
        return with(newBaselines, newTenants, newMetrics, warnings, newVerdict);
    }

    public RunResult warned(String warning) {
        List<String> more = Stream.concat(warnings.stream(), Stream.of(warning)).toList();
        return with(baselines, tenants, metrics, more, verdict);
    }

    private RunResult with(
            List<BaselineResult> newBaselines,
            List<TenantResult> newTenants,
            SharingMetrics newMetrics,
            List<String> newWarnings,
            Verdict newVerdict) {
        return new RunResult(
                runId,
                group,
                repetition,
                repetitions,
                startedAt,
                simulated,
                plan,
                environment,
                proof,
                newBaselines,
                newTenants,
                watched,
                newMetrics,
                gpu,
                host,
                timeline,
                sampling,
                newWarnings,
                newVerdict);
    }
}
