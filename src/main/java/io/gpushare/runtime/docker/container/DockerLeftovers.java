package io.gpushare.runtime.docker.container;

import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.LeftoverSource;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineProblem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Containers of earlier runs, on the engine of this machine. */
public final class DockerLeftovers implements LeftoverSource {
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
        return ContainerLeftovers.find(engine.get()).stream()
                .map(container -> new Leftover(
                        "container", container.id(), container.name(), container.runId(), container.owner()))
                .toList();
    }

    @Override
    public void remove(Leftover leftover) throws InterruptedException {
        Optional<Engine> engine = engine();
        if (engine.isPresent()) {
            ContainerLeftovers.remove(
                    engine.get(),
                    new ContainerLeftover(leftover.id(), leftover.name(), leftover.runId(), leftover.owner(), ""));
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
                        "containers of earlier runs cannot be looked for: " + problem.sentence(),
                        problem.advice().orElse(null));
        };
    }
}
