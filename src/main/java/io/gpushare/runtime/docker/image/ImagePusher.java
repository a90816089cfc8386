package io.gpushare.runtime.docker.image;

import com.github.dockerjava.api.model.PushResponseItem;
import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineCallException;
import io.gpushare.runtime.docker.engine.EngineCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names images after a registry and sends them there, for machines that do not build their own. */
public final class ImagePusher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImagePusher.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LATEST = "latest";
    private static final Pattern REGISTRY =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*");

    private final EngineCalls calls;
    private final String registry;

    private ImagePusher(EngineCalls calls, String registry) {
        this.calls = calls;
        this.registry = registry;
    }

    /** @throws GpushareException (status USAGE) when that is no registry, before anything is built for it */
    public static void require(String registry) {
        if (!REGISTRY.matcher(registry).matches()) {
            throw GpushareException.usage(
                    "'" + registry + "' is no registry",
                    "Write it as in the name of an image, without https: --push registry.example:5000/team");
        }
    }

    public static ImagePusher open(Engine engine, String registry) {
        require(registry);
        return new ImagePusher(new EngineCalls(engine), registry);
    }

    /**
     * With the login that {@code docker login} left in its file.
     *
     * @param lines takes what the engine says
     */
    public PushedImage push(BuiltImage image, Consumer<String> lines) throws InterruptedException {
        int colon = image.name().indexOf(':', image.name().lastIndexOf('/') + 1);
        String repository =
                registry + "/" + (colon < 0 ? image.name() : image.name().substring(0, colon));
        String tag = colon < 0 ? LATEST : image.name().substring(colon + 1);
        String target = repository + ":" + tag;
        EngineProgress<PushResponseItem> progress = new EngineProgress<>(lines);
        try (progress) {
            calls.within(
                    PATIENCE,
                    client -> client.tagImageCmd(image.id(), repository, tag).exec());
            calls.within(
                    PATIENCE,
                    client -> client.pushImageCmd(repository).withTag(tag).exec(progress));
            progress.await();
        } catch (EngineCallException e) {
            throw failure(image, target, e.words(), e);
        } catch (IOException e) {
            LOG.debug("the connection of a push did not close in order", e);
        }
        Optional<String> reason = progress.error().or(() -> progress.broken().map(EngineCalls::words));
        if (reason.isPresent()) {
            throw failure(image, target, reason.get(), progress.broken().orElse(null));
        }
        return new PushedImage(target, digest(target, repository));
    }

    private Optional<String> digest(String target, String repository) throws InterruptedException {
        try {
            List<String> known = Objects.requireNonNullElse(
                    calls.within(
                                    PATIENCE,
                                    client -> client.inspectImageCmd(target).exec())
                            .getRepoDigests(),
                    List.of());
            return known.stream()
                    .filter(digest -> digest.startsWith(repository + "@"))
                    .findFirst();
        } catch (EngineCallException e) {
            LOG.debug("the engine does not say the digest of {}", target, e);
            return Optional.empty();
        }
    }

    private static GpushareException failure(
            BuiltImage image, String target, String reason, @Nullable Throwable cause) {
        String sentence =
                "the image of the workload " + image.workload() + " could not be pushed to " + target + ": " + reason;
        String advice =
                "Log in with `docker login`. Where a helper keeps the login, push it with: docker push " + target;
        return GpushareException.failed(sentence, advice, cause);
    }

    @Override
    public void close() {
        calls.close();
    }
}
