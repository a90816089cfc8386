package io.gpushare.run;

import io.gpushare.cores.OwnCores;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Baselines from earlier results.
 *
 * @param warnings what speaks against them
 */
record KnownBaselines(List<BaselineResult> baselines, List<String> warnings) {
    KnownBaselines {
        baselines = List.copyOf(baselines);
        warnings = List.copyOf(warnings);
    }

    /** What a result tells of variants that were alone on its GPU, by variant. */
    private record Earlier(Path file, RunResult result, Map<String, BaselineResult> alone) {
        /** The same with where it comes from. */
        Optional<BaselineResult> tellsOf(TenantPlan variant) {
            return Optional.ofNullable(alone.get(variant.variant()))
                    .map(known -> new BaselineResult(
                            known.variant(),
                            known.alone(),
                            known.gpu(),
                            Optional.of(known.source().orElse(name()))));
        }

        String name() {
            return String.valueOf(file.getFileName());
        }
    }

    /** Empty unless the plan names files. */
    static KnownBaselines of(RunPlan plan, Optional<Gpu> gpu, OwnCores cores) {
        if (!(plan.baseline() instanceof BaselineChoice.FromFile(List<Path> files))) {
            return new KnownBaselines(List.of(), List.of());
        }
        List<Earlier> all =
                files.stream().map(file -> measuredHere(file, plan, gpu)).toList();
        List<BaselineResult> baselines = new ArrayList<>();
        Map<Path, Earlier> used = new LinkedHashMap<>();
        for (TenantPlan variant : plan.variants()) {
            Earlier teller = all.stream()
                    .filter(earlier -> earlier.tellsOf(variant).isPresent())
                    .findFirst()
                    .orElseThrow(() -> missing(all, variant));
            teller.tellsOf(variant).ifPresent(baselines::add);
            used.put(teller.file(), teller);
        }
        return new KnownBaselines(
                baselines,
                used.values().stream()
                        .flatMap(earlier -> warnings(earlier, plan, cores).stream())
                        .toList());
    }

    private static Earlier measuredHere(Path file, RunPlan plan, Optional<Gpu> gpu) {
        RunResult earlier = RunResultFile.read(file);
        String there = earlier.environment().path("gpus").path(0).path("name").asText("no GPU");
        String here = gpu.map(found -> found.identity().name()).orElse("no GPU");
        if (!there.equals(here) || earlier.simulated() != plan.simulated()) {
            throw GpushareException.usage(
                    "the baselines in " + file + " were measured on another GPU (" + there + ", this is " + here + ")",
                    "Give a result from this kind of GPU, or measure them anew with --baseline run.");
        }
        Map<String, BaselineResult> alone = new LinkedHashMap<>();
        earlier.baselines().stream()
                .filter(baseline -> !baseline.alone().failed())
                .forEach(baseline -> alone.putIfAbsent(baseline.variant(), baseline));
        ranAlone(earlier).ifPresent(baseline -> alone.putIfAbsent(baseline.variant(), baseline));
        return new Earlier(file, earlier, alone);
    }

    /** The one tenant of an exclusive run had the whole GPU for itself, as a baseline has. */
    private static Optional<BaselineResult> ranAlone(RunResult earlier) {
        if (earlier.mode().concurrent() || earlier.tenants().size() != 1) {
            return Optional.empty();
        }
        TenantResult tenant = earlier.tenants().getFirst();
        return tenant.failed()
                ? Optional.empty()
                : Optional.of(new BaselineResult(
                        tenant.variant(),
                        tenant.against(Reading.notMeasured("it ran alone"), OptionalDouble.empty()),
                        earlier.gpu(),
                        Optional.empty()));
    }

    private static List<String> warnings(Earlier from, RunPlan plan, OwnCores cores) {
        RunResult earlier = from.result();
        List<String> warnings = new ArrayList<>();
        Verdict verdict = earlier.verdict();
        if (!verdict.valid()) {
            warnings.add("the baselines come from " + from.name() + ", which is INVALID: "
                    + verdict.findings().getFirst().message());
        }
        if (!earlier.simulated() && earlier.coresPerTenant() != cores.perTenant()) {
            warnings.add("the baselines come from " + from.name() + ", measured with "
                    + OwnCores.words(earlier.coresPerTenant()) + ", and here tenants have "
                    + OwnCores.words(cores.perTenant()) + ": a slowdown would be the host's, too");
        }
        if (!earlier.neighbours().isEmpty() || !plan.attached().isEmpty()) {
            warnings.add("the baselines come from " + from.name() + ", measured "
                    + (earlier.neighbours().isEmpty()
                            ? "without the tenants that are only watched here: they may slow others, too"
                            : "beside " + String.join(" and ", earlier.neighbours()) + ", so that its \"alone\" is not"
                                    + " alone"));
        }
        return warnings;
    }

    private static GpushareException missing(List<Earlier> all, TenantPlan variant) {
        String files = all.stream().map(earlier -> earlier.file().toString()).collect(Collectors.joining(", "));
        String known = all.stream()
                .flatMap(earlier -> earlier.alone().keySet().stream())
                .distinct()
                .collect(Collectors.joining(", "));
        boolean one = all.size() == 1;
        return GpushareException.usage(
                files + (one ? " has" : " have") + " no baseline of " + variant.variant(),
                known.isEmpty()
                        ? (one ? "It has none at all: it was" : "They have none at all: they were")
                                + " measured with --baseline none."
                        : (one ? "It has " : "They have ") + known + ". Settings count: they must be the same.");
    }
}
