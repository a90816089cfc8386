package io.gpushare.cli.workloads;

import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineCalls;
import io.gpushare.runtime.docker.image.LocalImages;
import io.gpushare.runtime.process.TenantPrograms;
import io.gpushare.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What workloads lack on this machine whose programs do not come with their folders. */
public final class Lacks {
    private final TenantPrograms programs;
    private final Supplier<EngineAnswer> engines;

    /** @param engines asked only when a program is missing: an image would do instead */
    public Lacks(TenantPrograms programs, Supplier<EngineAnswer> engines) {
        this.programs = programs;
        this.engines = engines;
    }

    /** What each that can run neither as a plain process nor as a container lacks, by its name, without a full stop. */
    Map<String, String> of(List<Workload> workloads) throws InterruptedException {
        List<Workload> without = workloads.stream()
                .filter(workload -> workload.origin().get().isPresent())
                .filter(workload -> programs.missing(workload).isPresent())
                .toList();
        if (without.isEmpty()) {
            return Map.of();
        }
        return switch (engines.get()) {
            case EngineAnswer.Unusable _ -> sentences(without);
            case EngineAnswer.Found(Engine engine) -> {
                try (EngineCalls calls = new EngineCalls(engine)) {
                    yield sentences(withoutImage(without, new LocalImages(calls)));
                }
            }
        };
    }

    private static List<Workload> withoutImage(List<Workload> workloads, LocalImages images)
            throws InterruptedException {
        List<Workload> without = new ArrayList<>();
        for (Workload workload : workloads) {
            if (!images.has(workload)) {
                without.add(workload);
            }
        }
        return without;
    }

    private Map<String, String> sentences(List<Workload> workloads) {
        Map<String, String> sentences = new LinkedHashMap<>();
        for (Workload workload : workloads) {
            sentences.put(
                    workload.name(),
                    "the program '" + programs.missing(workload).orElseThrow() + "' is not on this machine, and no"
                            + " engine here has the image " + workload.image().orElse("of it"));
        }
        return sentences;
    }
}
