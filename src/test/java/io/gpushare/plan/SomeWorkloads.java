package io.gpushare.plan;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A catalog that knows a few workloads, each with the parameter {@code batch}. */
public final class SomeWorkloads implements WorkloadSource {
    public static final Duration READY_TIMEOUT = Duration.ofMinutes(2);

    private final Map<String, Workload> known = new TreeMap<>();
    public final List<String> asked = new ArrayList<>();

    public SomeWorkloads() {
        add("resnet-train", Workload.Kind.TRAINING, "sample", Workload.GpuNeed.OPTIONAL, Workload.Launch.PARALLEL);
        add("bert-train", Workload.Kind.TRAINING, "sample", Workload.GpuNeed.OPTIONAL, Workload.Launch.PARALLEL);
        add("resnet-infer", Workload.Kind.INFERENCE, "sample", Workload.GpuNeed.OPTIONAL, Workload.Launch.PARALLEL);
        add("notebook", Workload.Kind.INTERACTIVE, "call", Workload.GpuNeed.OPTIONAL, Workload.Launch.PARALLEL);
        add("matmul-burn", Workload.Kind.STRESS, "call", Workload.GpuNeed.REQUIRED, Workload.Launch.PARALLEL);
        add("llm-server", Workload.Kind.INFERENCE, "token", Workload.GpuNeed.REQUIRED, Workload.Launch.SERIAL);
        add("spin", Workload.Kind.STRESS, "call", Workload.GpuNeed.NONE, Workload.Launch.PARALLEL);
        known.put("/elsewhere/workload.yaml", workload("mine", Path.of("/elsewhere")));
        known.put("/double/workload.yaml", workload("spin", Path.of("/double")));
    }

    private static Workload workload(String name, Path folder) {
        return workload(name, folder, Workload.Kind.STRESS, "call", Workload.GpuNeed.NONE, Workload.Launch.PARALLEL);
    }

    private static Workload workload(
            String name, Path folder, Workload.Kind kind, String unit, Workload.GpuNeed gpu, Workload.Launch launch) {
        return new Workload(
                name,
                "For tests.",
                kind,
                unit,
                gpu,
                folder,
                List.of("true"),
                Optional.empty(),
                launch,
                READY_TIMEOUT,
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Workload.Origin.FOLDER,
                "0");
    }

    private void add(String name, Workload.Kind kind, String unit, Workload.GpuNeed gpu, Workload.Launch launch) {
        known.put(name, workload(name, Path.of("/workloads", name), kind, unit, gpu, launch));
    }

    @Override
    public Workload find(String reference) {
        asked.add(reference);
        Workload workload = known.get(reference);
        if (workload == null) {
            throw new GpushareException(
                    ExitStatus.USAGE,
                    "there is no workload '" + reference + "'",
                    Spelling.advice(reference, known.keySet()));
        }
        return workload;
    }

    @Override
    public String lasting(String reference, Workload workload) {
        return reference;
    }

    @Override
    public Map<String, String> check(Workload workload, Map<String, String> settings) {
        for (String name : settings.keySet()) {
            if (!name.equals("batch")) {
                throw new GpushareException(
                        ExitStatus.USAGE,
                        "the workload '%s' has no parameter '%s'".formatted(workload.name(), name),
                        Spelling.advice(name, List.of("batch")));
            }
        }
        return settings;
    }
}
