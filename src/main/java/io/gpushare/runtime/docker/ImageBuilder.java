package io.gpushare.runtime.docker;

import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerClientException;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import io.gpushare.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
     * Sees the folder above the workload's own, but what its {@code .dockerignore} leaves out: workloads share files.
     *
     * @param base for the build argument {@code BASE}
     * @param lines takes what the build says
     * @throws GpushareException that names the step which failed
     */
    public BuiltImage build(Workload workload, Optional<String> base, Consumer<String> lines)
            throws InterruptedException {
        String name = workload.image()
                .orElseThrow(() -> failure(workload, "its workload.yaml names no image", "Add 'image:' to it.", null));
        Path folder = workload.folder().toAbsolutePath().normalize();
        Path recipe = folder.resolve("Dockerfile");
        if (!Files.isRegularFile(recipe)) {
            throw failure(workload, "there is no " + recipe, null, null);
        }
        BuildProgress progress = new BuildProgress(lines);
        try (progress) {
            calls.within(PATIENCE_TO_START, client -> {
                BuildImageCmd build = client.buildImageCmd()
                        .withBaseDirectory(
                                Objects.requireNonNull(folder.getParent()).toFile())
                        .withDockerfile(recipe.toFile())
                        .withTags(Set.of(name))
                        .withLabels(Map.of(
                                ContainerLabels.WORKLOAD, workload.name(), ContainerLabels.DIGEST, workload.digest()))
                        .withRemove(true)
                        .withForcerm(true);
                base.ifPresent(image -> build.withBuildArg("BASE", image));
                return build.exec(progress);
            });
            progress.await();
        } catch (EngineCallException e) {
            throw failure(workload, e.words(), "Look at the engine with: gpushare doctor", e);
        } catch (DockerClientException unsuitable) {
            throw failure(workload, String.valueOf(unsuitable.getMessage()), null, unsuitable);
        } catch (IOException e) {
            LOG.debug("the connection of a build did not close in order", e);
        }
        requireSuccess(workload, progress);
        return built(workload, name);
    }

    private static void requireSuccess(Workload workload, BuildProgress progress) {
        Optional<String> reason =
                progress.error().or(() -> progress.broken().map(failure -> EngineCalls.words(failure)));
        if (reason.isPresent()) {
            String step = progress.step().isEmpty() ? "" : progress.step() + ": ";
            List<String> last = progress.lastLines();
            throw failure(
                    workload,
                    step + reason.get(),
                    last.isEmpty() ? null : String.join("\n", last),
                    progress.broken().orElse(null));
        }
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
        return cause == null
                ? new GpushareException(ExitStatus.FAILED, sentence, advice)
                : new GpushareException(ExitStatus.FAILED, sentence, advice, cause);
    }

    @Override
    public void close() {
        calls.close();
    }
}
