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
import io.gpushare.runtime.docker.image.ImagePusher;
import io.gpushare.runtime.docker.image.PushedImage;
import io.gpushare.workload.SharedImages;
import io.gpushare.workload.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
            "  gpushare workloads build --push registry.example:5000/team",
            "",
            "Exit status: 0 built, 1 a build or a push failed, 3 no container engine."
        })
public final class WorkloadsBuildCommand implements Callable<Integer> {
    private static final double MEBIBYTE = 1 << 20;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "The workloads to build.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--base", paramLabel = "IMAGE", description = "Build upon this image, for Dockerfiles with a BASE.")
    private @Nullable String base;

    @Option(
            names = "--push",
            paramLabel = "REGISTRY",
            description = "Name them after this registry too, and send them there once all are built.")
    private @Nullable String registry;

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
        Optional<String> target = Optional.ofNullable(registry);
        target.ifPresent(ImagePusher::require);
        List<Workload> all = catalogs.apply(roots.further());
        List<Workload> chosen = chosen(all);
        requireOwnImages(chosen, all);
        Engine engine = engine();
        List<BuiltImage> images = build(chosen, engine);
        List<PushedImage> pushed = target.isPresent() ? push(images, engine, target.get()) : List.of();
        if (json) {
            console.out().println(JsonAnswer.render(tree(images, pushed)));
        }
        return ExitStatus.DONE.code();
    }

    private List<BuiltImage> build(List<Workload> workloads, Engine engine) throws InterruptedException {
        List<BuiltImage> images = new ArrayList<>();
        try (ImageBuilder builder = ImageBuilder.open(engine)) {
            for (Workload workload : workloads) {
                BuiltImage image = builder.build(workload, Optional.ofNullable(base), said(workload.name()));
                images.add(image);
                if (!json) {
                    console.out().println(text(image));
                }
            }
        }
        return images;
    }

    private List<PushedImage> push(List<BuiltImage> images, Engine engine, String target) throws InterruptedException {
        List<PushedImage> pushed = new ArrayList<>();
        try (ImagePusher pusher = ImagePusher.open(engine, target)) {
            for (BuiltImage image : images) {
                PushedImage there = pusher.push(image, said(image.workload()));
                pushed.add(there);
                if (!json) {
                    console.out().println("pushed  " + there.digest().orElse(there.name()));
                }
            }
        }
        return pushed;
    }

    private Consumer<String> said(String workload) {
        return line -> console.err().println(workload + ": " + line);
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
                throw GpushareException.usage(clash.sentence(), SharedImages.ADVICE);
            }
        }
    }

    private static Workload named(String name, List<Workload> all) {
        return all.stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> GpushareException.usage(
                        "there is no workload '" + name + "'",
                        "There are "
                                + String.join(
                                        ", ", all.stream().map(Workload::name).toList()) + "."));
    }

    private Engine engine() {
        return switch (engines.get()) {
            case EngineAnswer.Found(Engine engine) -> engine;
            case EngineAnswer.Unusable(EngineProblem problem) ->
                throw GpushareException.unable(
                        problem.sentence(), problem.advice().orElse(null));
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

    /** @param pushed those that were, in the same order; none or all */
    private static Map<String, Object> tree(List<BuiltImage> images, List<PushedImage> pushed) {
        List<Map<String, Object>> trees = new ArrayList<>();
        for (int place = 0; place < images.size(); place++) {
            BuiltImage image = images.get(place);
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("workload", image.workload());
            tree.put("image", image.name());
            tree.put("id", image.id());
            tree.put("size_bytes", image.sizeBytes());
            if (!pushed.isEmpty()) {
                tree.put("pushed", pushed.get(place).name());
                pushed.get(place).digest().ifPresent(digest -> tree.put("digest", digest));
            }
            trees.add(tree);
        }
        return Map.of("images", trees);
    }
}
