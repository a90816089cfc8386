package io.gpushare.doctor;

import io.gpushare.doctor.EngineCheck.EngineView;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineProblem;
import io.gpushare.runtime.docker.gpu.GpuAccess;
import io.gpushare.runtime.docker.gpu.GpuAccessProbe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Which container engine answers, and how does a GPU get into its containers? */
record EngineCheck(Supplier<EngineAnswer> search, GpuAccessProbe probe) implements Check<EngineView> {
    /** @param access preferred first; empty without an engine */
    record EngineView(EngineAnswer answer, List<GpuAccess> access) {
        Optional<GpuAccess> preferred() {
            return access.stream().filter(GpuAccess::available).findFirst();
        }

        Optional<Obstacle> obstacle() {
            return switch (answer) {
                case EngineAnswer.Unusable(EngineProblem problem) ->
                    Optional.of(new Obstacle(problem.sentence(), problem.advice()));
                case EngineAnswer.Found found ->
                    preferred().isPresent()
                            ? Optional.empty()
                            : Optional.of(new Obstacle(
                                    "no GPU gets into a container here",
                                    access.getFirst().mend()));
            };
        }
    }

    @Override
    public EngineView look() {
        EngineAnswer answer = search.get();
        return switch (answer) {
            case EngineAnswer.Found(Engine engine) -> new EngineView(answer, probe.on(engine));
            case EngineAnswer.Unusable unusable -> new EngineView(answer, List.of());
        };
    }

    @Override
    public List<Finding> findings(EngineView view) {
        List<Finding> findings = new ArrayList<>();
        findings.add(
                switch (view.answer()) {
                    case EngineAnswer.Found(Engine engine) -> engine(engine);
                    case EngineAnswer.Unusable(EngineProblem problem) -> problem(problem);
                });
        view.access().forEach(access -> findings.add(access(access)));
        return findings;
    }

    private static Finding engine(Engine engine) {
        String found = "%s at %s (%s), API %s%s"
                .formatted(
                        engine,
                        engine.address(),
                        engine.origin(),
                        engine.apiVersion(),
                        engine.rootless() ? ", rootless" : "");
        return Finding.ok("engine", "engine", found)
                .values(new Values()
                        .put("kind", engine.kind().name().toLowerCase(Locale.ROOT))
                        .put("version", engine.version())
                        .put("address", engine.address().toString())
                        .put("origin", engine.origin())
                        .put("api_version", engine.apiVersion().toString())
                        .put("rootless", engine.rootless())
                        .put("runtimes", engine.runtimes().stream().sorted().toList())
                        .put(
                                "cdi_spec_directories",
                                engine.cdiSpecDirectories()
                                        .map(list -> list.stream()
                                                .map(Path::toString)
                                                .toList()))
                        .put("storage_driver", engine.storageDriver())
                        .put("cgroup_version", engine.cgroupVersion())
                        .put("data_root", engine.dataRoot()));
    }

    private static Finding problem(EngineProblem problem) {
        boolean absent = switch (problem.kind()) {
            case SOCKET_MISSING, PERMISSION_DENIED, ADDRESS_UNSUPPORTED -> true;
            case REFUSED, NO_ANSWER, NOT_AN_ENGINE, API_VERSION_UNSUPPORTED, CONTEXT_UNREADABLE -> false;
        };
        Finding finding = absent
                ? Finding.missing("engine", "engine", problem.sentence())
                : Finding.broken("engine", "engine", problem.sentence());
        return finding.mend(problem.advice())
                .values(new Values().put("problem", problem.kind().name().toLowerCase(Locale.ROOT)));
    }

    private static Finding access(GpuAccess access) {
        String id =
                "gpu-through-" + access.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String title = "GPU through " + access.kind().words();
        Finding finding = access.available()
                ? Finding.ok(id, title, access.reason())
                : Finding.missing(id, title, access.reason());
        return finding.mend(access.mend()).values(new Values().put("available", access.available()));
    }
}
