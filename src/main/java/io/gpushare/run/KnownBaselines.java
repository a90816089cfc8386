package io.gpushare.run;

import io.gpushare.cores.OwnCores;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.results.benchmark.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Baselines from an earlier result.
 *
 * @param warnings what speaks against them
 */
record KnownBaselines(List<BaselineResult> baselines, List<String> warnings) {
    KnownBaselines {
        baselines = List.copyOf(baselines);
        warnings = List.copyOf(warnings);
    }

    /** Empty unless the plan names a file. */
    static KnownBaselines of(RunPlan plan, Optional<Gpu> gpu, OwnCores cores) {
        if (!(plan.baseline() instanceof BaselineChoice.FromFile(Path file))) {
            return new KnownBaselines(List.of(), List.of());
        }
        RunResult earlier = RunResultFile.read(file);
        String there = earlier.environment().path("gpus").path(0).path("name").asText("no GPU");
        String here = gpu.map(found -> found.identity().name()).orElse("no GPU");
        if (!there.equals(here) || earlier.simulated() != plan.simulated()) {
            throw new GpushareException(
                    ExitStatus.USAGE,
                    "the baselines in " + file + " were measured on another GPU (" + there + ", this is " + here + ")",
                    "Give a result from this kind of GPU, or measure them anew with --baseline run.");
        }
        List<BaselineResult> baselines = new ArrayList<>();
        for (TenantPlan variant : plan.variants()) {
            baselines.add(earlier.baselines().stream()
                    .filter(baseline -> baseline.variant().equals(variant.variant()))
                    .filter(baseline -> !baseline.alone().failed())
                    .findFirst()
                    .map(baseline -> new BaselineResult(
                            baseline.variant(),
                            baseline.alone(),
                            baseline.gpu(),
                            Optional.of(baseline.source().orElse(String.valueOf(file.getFileName())))))
                    .orElseThrow(() -> missing(file, variant, earlier)));
        }
        return new KnownBaselines(baselines, warnings(file, earlier, cores));
    }

    private static List<String> warnings(Path file, RunResult earlier, OwnCores cores) {
        List<String> warnings = new ArrayList<>();
        Verdict verdict = earlier.verdict();
        if (!verdict.valid()) {
            warnings.add("the baselines come from " + file.getFileName() + ", which is INVALID: "
                    + verdict.findings().getFirst().message());
        }
        if (!earlier.simulated() && earlier.coresPerTenant() != cores.perTenant()) {
            warnings.add("the baselines come from " + file.getFileName() + ", measured with "
                    + OwnCores.words(earlier.coresPerTenant()) + ", and here tenants have "
                    + OwnCores.words(cores.perTenant()) + ": a slowdown would be the host's, too");
        }
        return warnings;
    }

    private static GpushareException missing(Path file, TenantPlan variant, RunResult earlier) {
        List<String> known =
                earlier.baselines().stream().map(BaselineResult::variant).toList();
        return new GpushareException(
                ExitStatus.USAGE,
                file + " has no baseline of " + variant.variant(),
                known.isEmpty()
                        ? "It has none at all: it was measured with --baseline none."
                        : "It has " + String.join(", ", known) + ". Settings count: they must be the same.");
    }
}
