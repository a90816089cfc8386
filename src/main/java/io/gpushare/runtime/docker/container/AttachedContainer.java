package io.gpushare.runtime.docker.container;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.attached.AttachedProgram;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineCallException;
import io.gpushare.runtime.docker.engine.EngineCalls;
import io.gpushare.runtime.docker.engine.EngineProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A container that somebody else runs. The engine is asked of it, and told nothing. */
public final class AttachedContainer implements AttachedProgram {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String ADVICE = "`docker ps` lists those that run.";

    private final EngineCalls calls;
    private final String id;
    private final String name;
    private final String startedAt;
    private final Optional<ContainerProcesses> group;

    private AttachedContainer(EngineCalls calls, String name, InspectContainerResponse found) {
        this.calls = calls;
        this.id = found.getId();
        this.name = name;
        this.startedAt = startOf(found.getState());
        this.group = ContainerProcesses.of(
                Path.of("/"), id, Objects.requireNonNullElse(found.getState().getPidLong(), 0L));
    }

    /**
     * @param name or id
     * @throws GpushareException when there is no engine, or none that runs
     */
    public static AttachedContainer of(EngineAnswer engines, String name) throws InterruptedException {
        return switch (engines) {
            case EngineAnswer.Found(Engine engine) -> of(new EngineCalls(engine), name);
            case EngineAnswer.Unusable(EngineProblem problem) ->
                throw GpushareException.unable(
                        "the container " + name + " cannot be attached: " + problem.sentence(),
                        problem.advice().orElse(null));
        };
    }

    private static AttachedContainer of(EngineCalls calls, String name) throws InterruptedException {
        boolean attached = false;
        try {
            InspectContainerResponse found = calls.within(
                    PATIENCE, client -> client.inspectContainerCmd(name).exec());
            if (!runs(found.getState())) {
                throw GpushareException.unable("the container " + name + " does not run", ADVICE);
            }
            attached = true;
            return new AttachedContainer(calls, name, found);
        } catch (EngineCallException failure) {
            throw GpushareException.unable(
                    failure.kind() == EngineCallException.Kind.NOT_FOUND
                            ? "there is no container " + name + " to attach to"
                            : "the container " + name + " cannot be attached: " + failure.words(),
                    ADVICE,
                    failure);
        } finally {
            if (!attached) {
                calls.close();
            }
        }
    }

    private static boolean runs(ContainerState state) {
        return Boolean.TRUE.equals(state.getRunning());
    }

    private static String startOf(ContainerState state) {
        return Objects.requireNonNullElse(state.getStartedAt(), "");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Integer> processes() {
        if (group.isPresent()) {
            return group.get().now();
        }
        try {
            return calls.within(PATIENCE, client -> ContainerProcesses.toldBy(client, id));
        } catch (EngineCallException unknown) {
            return Set.of();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Set.of();
        }
    }

    @Override
    public List<Path> controlGroups() {
        return group.map(ContainerProcesses::folders).orElse(List.of());
    }

    /** Also in a restart that is over by now: it is another start. */
    @Override
    public Optional<String> whyGone() throws InterruptedException {
        try {
            ContainerState now = calls.within(
                            PATIENCE, client -> client.inspectContainerCmd(id).exec())
                    .getState();
            if (!runs(now)) {
                return Optional.of("it ended");
            }
            return startOf(now).equals(startedAt) ? Optional.empty() : Optional.of("it was restarted");
        } catch (EngineCallException failure) {
            return Optional.of(
                    failure.kind() == EngineCallException.Kind.NOT_FOUND
                            ? "it was removed"
                            : "whether it still runs is not known: " + failure.words());
        }
    }

    @Override
    public void close() {
        calls.close();
    }
}
