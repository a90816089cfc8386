package io.gpushare.runtime.docker.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.docker.engine.Attachment;
import io.gpushare.runtime.docker.engine.EngineCallException;
import io.gpushare.runtime.docker.engine.EngineCallException.Kind;
import io.gpushare.runtime.docker.engine.EngineCalls;
import io.gpushare.runtime.docker.engine.EngineSettings;
import io.gpushare.runtime.docker.gpu.GpuPassage;
import io.gpushare.runtime.docker.image.ContainerUser;
import io.gpushare.runtime.docker.image.LocalImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates, attaches to and starts a container, or leaves nothing behind. */
public final class ContainerStart {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerStart.class);
    private static final Duration CREATE_PATIENCE = Duration.ofMinutes(1);
    private static final Duration ATTACH_PATIENCE = Duration.ofSeconds(10);
    private static final Duration INSPECT_PATIENCE = Duration.ofSeconds(10);

    /** NVIDIA's hook loads the driver on a machine where it sleeps. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);

    private final EngineCalls calls;
    private final EngineSettings settings;
    private final DockerOptions options;
    private final RunOwner owner = RunOwner.current();
    private final Map<String, Integer> uses = new ConcurrentHashMap<>();
    private volatile boolean init;

    public ContainerStart(EngineCalls calls, EngineSettings settings, DockerOptions options) {
        this.calls = calls;
        this.settings = settings;
        this.options = options;
        this.init = !settings.init().isEmpty();
    }

    /** @throws GpushareException when it cannot be started */
    public DockerTenant of(TenantLaunch launch, LocalImage image, Optional<GpuPassage> passage)
            throws InterruptedException {
        // Interrupted between asking for a container and hearing its id, one would be left behind: finish, then remove.
        FutureTask<DockerTenant> starting = new FutureTask<>(() -> withOrWithoutInit(launch, image, passage));
        Thread.ofVirtual().name("starting " + launch.words()).start(starting);
        try {
            return starting.get();
        } catch (InterruptedException e) {
            removeOnceStarted(starting);
            throw e;
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private static void removeOnceStarted(FutureTask<DockerTenant> starting) {
        boolean done = false;
        while (!done) {
            try {
                starting.get().close();
                done = true;
            } catch (InterruptedException again) {
                LOG.debug("interrupted again while a container starts that is to be removed");
            } catch (ExecutionException neverStarted) {
                LOG.debug("a container that was to be removed did not start", neverStarted);
                done = true;
            }
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException failure -> failure;
            case Error bug -> throw bug;
            case null, default -> new IllegalStateException(e);
        };
    }

    private DockerTenant withOrWithoutInit(TenantLaunch launch, LocalImage image, Optional<GpuPassage> passage)
            throws InterruptedException {
        boolean withInit = init;
        try {
            return started(launch, image, passage, withInit);
        } catch (EngineCallException e) {
            // Engines name their init program whether it is installed or not.
            if (withInit && e.kind() == Kind.REFUSED && e.words().contains(settings.init())) {
                LOG.debug("the engine has no {}: containers run without it", settings.init(), e);
                init = false;
                return withoutInit(launch, image, passage);
            }
            throw failure(launch, e);
        }
    }

    private DockerTenant withoutInit(TenantLaunch launch, LocalImage image, Optional<GpuPassage> passage)
            throws InterruptedException {
        try {
            return started(launch, image, passage, false);
        } catch (EngineCallException e) {
            throw failure(launch, e);
        }
    }

    private static GpushareException failure(TenantLaunch launch, EngineCallException e) {
        return GpushareException.failed(
                launch.words() + " could not be started in a container: " + e.words(),
                switch (e.kind()) {
                    case NO_ANSWER, GONE -> "Look at the engine with: gpushare doctor";
                    case NOT_FOUND, REFUSED -> null;
                },
                e);
    }

    private DockerTenant started(TenantLaunch launch, LocalImage image, Optional<GpuPassage> passage, boolean withInit)
            throws EngineCallException, InterruptedException {
        String name = name(launch);
        String id = created(name, launch, image, passage, withInit);
        boolean complete = false;
        try {
            Attachment attachment = calls.within(ATTACH_PATIENCE, client -> Attachment.to(calls.engine(), id));
            DockerTenant tenant = tenant(id, name, launch, image, passage, attachment);
            complete = true;
            return tenant;
        } finally {
            if (!complete) {
                removeAgain(name);
            }
        }
    }

    private String created(
            String name, TenantLaunch launch, LocalImage image, Optional<GpuPassage> passage, boolean withInit)
            throws EngineCallException, InterruptedException {
        ContainerSettings container = new ContainerSettings(launch, image, options, owner);
        try {
            return calls.within(CREATE_PATIENCE, client -> {
                // By id: between looking the image up and here, its name may have come to mean another.
                CreateContainerCmd create =
                        client.createContainerCmd(image.id()).withName(name);
                container.applyTo(create, passage, withInit, settings.cpus());
                return create.exec().getId();
            });
        } catch (EngineCallException e) {
            if (e.kind() == Kind.NO_ANSWER) {
                removeAgain(name);
            }
            throw e;
        }
    }

    private DockerTenant tenant(
            String id,
            String name,
            TenantLaunch launch,
            LocalImage image,
            Optional<GpuPassage> passage,
            Attachment attachment)
            throws EngineCallException, InterruptedException {
        boolean complete = false;
        try {
            calls.within(START_PATIENCE, client -> client.startContainerCmd(id).exec());
            ObjectNode description = JsonNodeFactory.instance
                    .objectNode()
                    .put("container", id)
                    .put("name", name)
                    .put("image", image.name())
                    .put("image_id", image.id())
                    .put("gpu_access", passage.map(way -> way.kind().option()).orElse(null));
            describeUser(launch, id, description);
            complete = true;
            return new DockerTenant(calls, id, description, attachment);
        } finally {
            if (!complete) {
                close(attachment);
            }
        }
    }

    /** An engine may understand an image's user in another way than {@link ContainerUser}: what counts is who runs. */
    private void describeUser(TenantLaunch launch, String id, ObjectNode description)
            throws EngineCallException, InterruptedException {
        InspectContainerResponse started = calls.within(
                INSPECT_PATIENCE, client -> client.inspectContainerCmd(id).exec());
        Long pid = started.getState().getPidLong();
        OptionalInt user = pid == null ? OptionalInt.empty() : RunningUser.of(Path.of("/"), id, pid);
        if (user.isEmpty()) {
            description.putNull("user_id").put("user_id_absent", "its process has ended or cannot be seen from here");
            return;
        }
        if (user.getAsInt() == 0) {
            throw GpushareException.unable(
                    launch.words() + " was ended: its container ran as root, though another user was asked for",
                    "Name a user by its number in the image's Dockerfile: USER 65532:65532");
        }
        description.put("user_id", user.getAsInt());
    }

    private static void close(Attachment attachment) {
        try {
            attachment.close();
        } catch (IOException e) {
            LOG.debug("the connection to a container that did not start did not close in order", e);
        }
    }

    /** Names are used once: a tenant may be started again before its first container is gone. */
    private String name(TenantLaunch launch) {
        String name = "gpushare-" + launch.runId() + "-" + launch.number();
        int use = uses.merge(name, 1, Integer::sum);
        return use == 1 ? name : name + "-" + use;
    }

    private void removeAgain(String name) throws InterruptedException {
        try {
            calls.remove(name);
        } catch (EngineCallException e) {
            LOG.warn(
                    "The container {} may be left behind: {}. Once the engine answers: gpushare cleanup",
                    name,
                    e.words());
        }
    }
}
