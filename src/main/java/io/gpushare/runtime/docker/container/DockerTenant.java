package io.gpushare.runtime.docker.container;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.command.InspectContainerResponse;
import io.gpushare.process.ProgramInput;
import io.gpushare.process.ProgramOutput;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.docker.engine.Attachment;
import io.gpushare.runtime.docker.engine.EngineCallException;
import io.gpushare.runtime.docker.engine.EngineCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tenant in a container. */
public final class DockerTenant implements Tenant {
    private static final Logger LOG = LoggerFactory.getLogger(DockerTenant.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Of instructions to a tenant that does not read. */
    private static final int MOST_WAITING_BYTES = 1 << 20;

    private final EngineCalls calls;
    private final String id;
    private final ObjectNode description;
    private final Attachment attachment;
    private final ProgramInput input;
    private final CompletableFuture<TenantExit> exit = new CompletableFuture<>();
    private final AtomicBoolean killed = new AtomicBoolean();
    private final AtomicBoolean removed = new AtomicBoolean();
    private Optional<ContainerProcesses> group = Optional.empty();
    private boolean groupLookedUp;
    private volatile boolean heard;

    /** @param attachment this closes it */
    DockerTenant(EngineCalls calls, String id, ObjectNode description, Attachment attachment) {
        this.calls = calls;
        this.id = id;
        this.description = description;
        this.attachment = attachment;
        this.input = new ProgramInput("stdin of " + id, attachment.stdin(), MOST_WAITING_BYTES);
    }

    /** To be called once, when the container was started. */
    public void handOn(ProgramOutput output) {
        heard = true;
        // A thread of its own, not a virtual one: a listener that blocks must not keep other tenants from being heard.
        Thread.ofPlatform().daemon().name("output of " + id).start(() -> {
            TenantExit how = new TenantExit.Lost("gpushare failed to hand on its output");
            try {
                how = listen(output);
            } finally {
                input.abandon("it has ended");
                exit.complete(how);
            }
        });
    }

    private TenantExit listen(ProgramOutput output) {
        try {
            attachment.handOn(output);
        } catch (IOException broken) {
            LOG.debug("the output of container {} broke off", id, broken);
        }
        try {
            return new ContainerEnd(calls, id, killed::get).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    @Override
    public void send(byte[] line) throws IOException {
        input.send(line);
    }

    @Override
    public CompletableFuture<TenantExit> exit() {
        return exit.copy();
    }

    @Override
    public Set<Integer> processes() {
        if (exit.isDone() || removed.get()) {
            return Set.of();
        }
        return group().map(ContainerProcesses::now).orElseGet(this::processesAsTheEngineSays);
    }

    @Override
    public List<Path> controlGroups() {
        return group().map(ContainerProcesses::folders).orElse(List.of());
    }

    private synchronized Optional<ContainerProcesses> group() {
        if (!groupLookedUp) {
            groupLookedUp = true;
            group = ask(PATIENCE, client -> client.inspectContainerCmd(id).exec())
                    .map(InspectContainerResponse::getState)
                    .map(InspectContainerResponse.ContainerState::getPidLong)
                    .flatMap(pid -> ContainerProcesses.of(Path.of("/"), id, pid));
        }
        return group;
    }

    private Set<Integer> processesAsTheEngineSays() {
        return ask(PATIENCE, client -> ContainerProcesses.toldBy(client, id)).orElse(Set.of());
    }

    @Override
    public void terminate() {
        signal("SIGTERM");
    }

    @Override
    public void kill() {
        killed.set(true);
        signal("SIGKILL");
    }

    private void signal(String signal) {
        if (!exit.isDone() && !removed.get()) {
            ask(
                    PATIENCE,
                    client -> client.killContainerCmd(id).withSignal(signal).exec());
        }
    }

    @Override
    public ObjectNode description() {
        return description.deepCopy();
    }

    @Override
    public void close() {
        if (!removed.compareAndSet(false, true)) {
            return;
        }
        killed.set(true);
        boolean gone = remove();
        try {
            if (gone && heard) {
                // Removed or not, what it said last is on its way.
                exit.copy()
                        .completeOnTimeout(new TenantExit.Killed(9), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
            }
        } finally {
            input.abandon("it was closed");
            closeConnection();
        }
    }

    private boolean remove() {
        try {
            calls.remove(id);
            return true;
        } catch (EngineCallException e) {
            LOG.warn(
                    "The container {} could not be removed: {}. Once the engine answers: gpushare cleanup",
                    description.path("name").asText(id),
                    e.words());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void closeConnection() {
        try {
            attachment.close();
        } catch (IOException e) {
            LOG.debug("the connection to container {} did not close in order", id, e);
        }
    }

    /** For what is not worth a failure: the container ends, or the engine does, and {@link #exit} tells which. */
    private <T> Optional<T> ask(Duration limit, EngineCalls.Request<T> request) {
        try {
            return Optional.ofNullable(calls.within(limit, request));
        } catch (EngineCallException e) {
            LOG.debug("container {}: {}", id, e.words(), e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
