package io.gpushare.runtime.docker.container;

import com.github.dockerjava.api.model.Container;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineCallException;
import io.gpushare.runtime.docker.engine.EngineCalls;
import io.gpushare.runtime.docker.image.ContainerLabels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Containers that carry a run's label, whoever started them. Whether one is left over or in use is for its owner's
 * {@link RunOwner#state} to say.
 */
public final class ContainerLeftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ADVICE = "Look at the engine with: gpushare doctor";

    private ContainerLeftovers() {}

    /** @throws GpushareException when the engine does not say */
    public static List<ContainerLeftover> find(Engine engine) throws InterruptedException {
        try (EngineCalls calls = new EngineCalls(engine)) {
            return calls
                    .within(
                            PATIENCE,
                            client -> client.listContainersCmd()
                                    .withShowAll(true)
                                    .withLabelFilter(List.of(ContainerLabels.RUN))
                                    .exec())
                    .stream()
                    .map(ContainerLeftovers::leftover)
                    .toList();
        } catch (EngineCallException e) {
            throw GpushareException.failed("containers of earlier runs cannot be looked for: " + e.words(), ADVICE, e);
        }
    }

    /**
     * Kills it if it still runs. One that is gone already is as good as removed.
     *
     * @throws GpushareException when the engine cannot
     */
    public static void remove(Engine engine, ContainerLeftover leftover) throws InterruptedException {
        try (EngineCalls calls = new EngineCalls(engine)) {
            calls.remove(leftover.id());
        } catch (EngineCallException e) {
            throw GpushareException.failed(
                    "the container %s cannot be removed: %s".formatted(leftover.name(), e.words()), ADVICE, e);
        }
    }

    private static ContainerLeftover leftover(Container container) {
        Map<String, String> labels = Objects.requireNonNullElse(container.getLabels(), Map.of());
        String[] names = Objects.requireNonNullElse(container.getNames(), new String[0]);
        return new ContainerLeftover(
                container.getId(),
                names.length == 0 ? container.getId() : names[0].replaceFirst("^/", ""),
                labels.getOrDefault(ContainerLabels.RUN, ""),
                RunOwner.parse(labels.getOrDefault(ContainerLabels.OWNER, "")),
                Objects.requireNonNullElse(container.getStatus(), ""));
    }
}
