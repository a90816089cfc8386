package io.gpushare.runtime.docker.image;

import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.core.exception.GoLangFileMatchException;
import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineCallException;
import io.gpushare.runtime.docker.engine.EngineCalls;
import io.gpushare.workload.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the images of workloads from their Dockerfiles. */
public final class ImageBuilder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImageBuilder.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Sending the folder and hearing the first word. */
    private static final Duration PATIENCE_TO_START = Duration.ofMinutes(2);

    private final EngineCalls calls;

    private ImageBuilder(EngineCalls calls) {
        this.calls = calls;
    }

    public static ImageBuilder open(Engine engine) {
        return new ImageBuilder(new EngineCalls(engine));
    }

    /**
     * Sees the workload's folder and the files that it shares, as they lie in the folder above, but what a
     * {@code .dockerignore} there leaves out.
     *
     * @param base for the build argument {@code BASE}
     * @param lines takes what the build says
     * @throws GpushareException that names the step which failed
     */
    public BuiltImage build(Workload workload, Optional<String> base, Consumer<String> lines)
            throws InterruptedException {
        String name = workload.image()
                .orElseThrow(() -> failure(workload, "its workload.yaml names no image", "Add 'image:' to it.", null));
        if (!workload.buildsItsImage()) {
            throw failure(
                    workload,
                    "there is no " + workload.recipe(),
                    workload.origin().get().orElse(null),
                    null);
        }
        EngineProgress<BuildResponseItem> progress = new EngineProgress<>(lines);
        try (BuildContext context = BuildContext.of(workload)) {
            carryOut(workload, name, context, base, progress);
        } catch (EngineCallException e) {
            throw failure(workload, e.words(), "Look at the engine with: gpushare doctor", e);
        } catch (DockerClientException | GoLangFileMatchException unsuitable) {
            throw failure(workload, String.valueOf(unsuitable.getMessage()), null, unsuitable);
        } catch (IOException e) {
            throw failure(workload, "its files cannot be read: " + e.getMessage(), null, e);
        }
        requireSuccess(workload, progress);
        return built(workload, name);
    }

    private void carryOut(
            Workload workload,
            String name,
            BuildContext context,
            Optional<String> base,
            EngineProgress<BuildResponseItem> progress)
            throws EngineCallException, InterruptedException {
        try (progress) {
            calls.within(PATIENCE_TO_START, client -> {
                BuildImageCmd build = client.buildImageCmd(context.stream())
                        .withDockerfilePath(BuildContext.recipe(workload))
                        .withTags(Set.of(name))
                        .withLabels(new BuiltFrom(workload.name(), context.digest()).labels())
                        .withRemove(true)
                        .withForcerm(true);
                base.ifPresent(image -> build.withBuildArg("BASE", image));
                return build.exec(progress);
            });
            progress.await();
        } catch (IOException e) {
            LOG.debug("the connection of a build did not close in order", e);
        }
    }

    private static void requireSuccess(Workload workload, EngineProgress<BuildResponseItem> progress) {
        Optional<String> reason =
                progress.error().or(() -> progress.broken().map(failure -> EngineCalls.words(failure)));
        if (reason.isPresent()) {
            String step = progress.step().isEmpty() ? "" : progress.step() + ": ";
            String advice = Stream.concat(progress.lastLines().stream(), hint(workload, progress.step()).stream())
                    .collect(Collectors.joining("\n"));
            throw failure(
                    workload,
                    step + reason.get(),
                    advice.isEmpty() ? null : advice,
                    progress.broken().orElse(null));
        }
    }

    /** @param step that failed, as {@code Step 3/5 : RUN make} */
    private static Optional<String> hint(Workload workload, String step) {
        String instruction =
                step.replaceFirst("^[^:]*:\\s*", "").split("\\s", 2)[0].toUpperCase(Locale.ROOT);
        return switch (instruction) {
            case "FROM" ->
                Optional.of(
                        ("Where no registry can be reached, build upon an image that the engine has (for a Dockerfile"
                                        + " with an ARG BASE): gpushare workloads build %s --base"
                                        + " IMAGE. workloads/debian-base"
                                        + " makes such an image out of Debian's packages.")
                                .formatted(workload.name()));
            case "COPY", "ADD" ->
                Optional.of("A build sees the workload's folder, and of what lies beside it only the files that"
                        + " workload.yaml names under `shares`.");
            default -> Optional.empty();
        };
    }

    private BuiltImage built(Workload workload, String name) throws InterruptedException {
        try {
            InspectImageResponse image = calls.within(
                    PATIENCE, client -> client.inspectImageCmd(name).exec());
            return new BuiltImage(
                    workload.name(),
                    name,
                    Objects.requireNonNull(image.getId(), "every image has an id"),
                    Objects.requireNonNullElse(image.getSize(), 0L));
        } catch (EngineCallException e) {
            throw failure(workload, "the build ended, but " + e.words(), null, e);
        }
    }

    private static GpushareException failure(
            Workload workload, String reason, @Nullable String advice, @Nullable Throwable cause) {
        String sentence = "the image of the workload " + workload.name() + " could not be built: " + reason;
        return GpushareException.failed(sentence, advice, cause);
    }

    @Override
    public void close() {
        calls.close();
    }
}
