package io.gpushare.runtime.docker.container;

import com.github.dockerjava.api.model.Container;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.LeftoverSource;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineCallException;
import io.gpushare.runtime.docker.engine.EngineCalls;
import io.gpushare.runtime.docker.engine.EngineProblem;
import io.gpushare.runtime.docker.image.ContainerLabels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Containers that carry a run's label, whoever started them, on the engine of this machine. */
public final class DockerLeftovers implements LeftoverSource {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ADVICE = "Look at the engine with: gpushare doctor";
    private static final String UNSEEN = "containers of earlier runs cannot be looked for: ";

    private final Supplier<EngineAnswer> engines;

    /** @param engines asked each time: what is left may be found before an engine is started, and after */
    public DockerLeftovers(Supplier<EngineAnswer> engines) {
        this.engines = engines;
    }

    @Override
    public String what() {
        return "containers";
    }

    @Override
    public List<Leftover> find() throws InterruptedException {
        Optional<Engine> engine = engine();
        if (engine.isEmpty()) {
            return List.of();
        }
        try (EngineCalls calls = new EngineCalls(engine.get())) {
            return calls
                    .within(
                            PATIENCE,
                            client -> client.listContainersCmd()
                                    .withShowAll(true)
                                    .withLabelFilter(List.of(ContainerLabels.RUN))
                                    .exec())
                    .stream()
                    .map(DockerLeftovers::leftover)
                    .toList();
        } catch (EngineCallException e) {
            throw GpushareException.failed(UNSEEN + e.words(), ADVICE, e);
        }
    }

    private static Leftover leftover(Container container) {
        Map<String, String> labels = Objects.requireNonNullElse(container.getLabels(), Map.of());
        String[] names = Objects.requireNonNullElse(container.getNames(), new String[0]);
        return new Leftover(
                "container",
                container.getId(),
                names.length == 0 ? container.getId() : names[0].replaceFirst("^/", ""),
                labels.getOrDefault(ContainerLabels.RUN, ""),
                RunOwner.parse(labels.getOrDefault(ContainerLabels.OWNER, "")));
    }

    /** Kills it if it still runs. One that is gone already is as good as removed. */
    @Override
    public void remove(Leftover leftover) throws InterruptedException {
        Optional<Engine> engine = engine();
        if (engine.isEmpty()) {
            return;
        }
        try (EngineCalls calls = new EngineCalls(engine.get())) {
            calls.remove(leftover.id());
        } catch (EngineCallException e) {
            throw GpushareException.failed(
                    "the container %s cannot be removed: %s".formatted(leftover.name(), e.words()), ADVICE, e);
        }
    }

    /** Nothing where none is installed: no containers can be left there. */
    private Optional<Engine> engine() {
        return switch (engines.get()) {
            case EngineAnswer.Found(Engine engine) -> Optional.of(engine);
            case EngineAnswer.Unusable(EngineProblem problem)
            when problem.kind() == EngineProblem.Kind.SOCKET_MISSING -> Optional.empty();
            case EngineAnswer.Unusable(EngineProblem problem) ->
                throw GpushareException.failed(
                        UNSEEN + problem.sentence(), problem.advice().orElse(null));
        };
    }
}
