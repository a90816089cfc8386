package io.gpushare.cli.workloads;

import io.gpushare.cli.option.WorkloadRoots;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineProblem;
import io.gpushare.runtime.docker.image.BuiltImage;
import io.gpushare.runtime.docker.image.ImageBuilder;
import io.gpushare.workload.SharedImages;
import io.gpushare.workload.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "build",
        header = "Build the container images of workloads.",
        description = "Without a name: of all workloads that have a Dockerfile.",
        footer = {
            "",
            "Examples:",
            "  gpushare workloads build",
            "  gpushare workloads build resnet-train --base my/pytorch:2.11",
            "",
            "Exit status: 0 built, 1 a build failed, 3 no container engine."
        })
public final class WorkloadsBuildCommand implements Callable<Integer> {
    private static final double MEBIBYTE = 1 << 20;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "The workloads to build.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--base", paramLabel = "IMAGE", description = "Build upon this image, for Dockerfiles with a BASE.")
    private @Nullable String base;

    @Mixin
    private WorkloadRoots roots = new WorkloadRoots();

    @Option(names = "--json", description = "Print JSON on stdout.")
    private boolean json;

    private final Console console;
    private final Supplier<EngineAnswer> engines;
    private final Function<List<Path>, List<Workload>> catalogs;

    /** @param catalogs all workloads, with those in these folders of the user's */
    public WorkloadsBuildCommand(
            Console console, Supplier<EngineAnswer> engines, Function<List<Path>, List<Workload>> catalogs) {
        this.console = console;
        this.engines = engines;
        this.catalogs = catalogs;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Workload> all = catalogs.apply(roots.further());
        List<Workload> chosen = chosen(all);
        requireOwnImages(chosen, all);
        List<BuiltImage> images = new ArrayList<>();
        try (ImageBuilder builder = ImageBuilder.open(engine())) {
            for (Workload workload : chosen) {
                BuiltImage image = builder.build(
                        workload,
                        Optional.ofNullable(base),
                        line -> console.err().println(workload.name() + ": " + line));
                images.add(image);
                if (!json) {
                    console.out().println(text(image));
                }
            }
        }
        if (json) {
            console.out()
                    .println(JsonAnswer.render(Map.of(
                            "images",
                            images.stream().map(WorkloadsBuildCommand::tree).toList())));
        }
        return ExitStatus.DONE.code();
    }

    private List<Workload> chosen(List<Workload> all) {
        if (names.isEmpty()) {
            return all.stream().filter(Workload::buildsItsImage).toList();
        }
        return names.stream().distinct().map(name -> named(name, all)).toList();
    }

    private static void requireOwnImages(List<Workload> chosen, List<Workload> all) {
        for (SharedImages.Clash clash : SharedImages.among(all)) {
            if (clash.workloads().stream().anyMatch(chosen::contains)) {
                throw new GpushareException(ExitStatus.USAGE, clash.sentence(), SharedImages.ADVICE);
            }
        }
    }

    private static Workload named(String name, List<Workload> all) {
        return all.stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new GpushareException(
                        ExitStatus.USAGE,
                        "there is no workload '" + name + "'",
                        "There are "
                                + String.join(
                                        ", ", all.stream().map(Workload::name).toList()) + "."));
    }

    private Engine engine() {
        return switch (engines.get()) {
            case EngineAnswer.Found(Engine engine) -> engine;
            case EngineAnswer.Unusable(EngineProblem problem) ->
                throw new GpushareException(
                        ExitStatus.UNABLE, problem.sentence(), problem.advice().orElse(null));
        };
    }

    private static String text(BuiltImage image) {
        return String.format(
                Locale.ROOT,
                "%s  %s  %s  %.1f MiB",
                image.workload(),
                image.name(),
                image.id(),
                image.sizeBytes() / MEBIBYTE);
    }

    private static Map<String, Object> tree(BuiltImage image) {
        return Map.of(
                "workload", image.workload(),
                "image", image.name(),
                "id", image.id(),
                "size_bytes", image.sizeBytes());
    }
}
