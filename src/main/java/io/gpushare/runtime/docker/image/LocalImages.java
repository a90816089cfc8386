package io.gpushare.runtime.docker.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.docker.engine.EngineCallException;
import io.gpushare.runtime.docker.engine.EngineCalls;
import io.gpushare.workload.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The images of workloads, each looked up once: all tenants of a run get the same, even if its name moves on. */
public final class LocalImages {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_BYTES = 1 << 20;

    private final EngineCalls calls;
    private final Map<String, LocalImage> byWorkload = new ConcurrentHashMap<>();

    public LocalImages(EngineCalls calls) {
        this.calls = calls;
    }

    /** @throws GpushareException when the workload names none, or the engine does not have it */
    public LocalImage of(Workload workload) throws InterruptedException {
        LocalImage known = byWorkload.get(workload.name());
        if (known != null) {
            return known;
        }
        LocalImage found = lookUp(workload);
        byWorkload.put(workload.name(), found);
        return found;
    }

    /** Whether the engine has it. One that does not answer has none that could be used. */
    public boolean has(Workload workload) throws InterruptedException {
        if (workload.image().isEmpty()) {
            return false;
        }
        try {
            calls.within(
                    PATIENCE,
                    client -> client.inspectImageCmd(workload.image().get()).exec());
            return true;
        } catch (EngineCallException unknown) {
            return false;
        }
    }

    public SortedMap<String, LocalImage> known() {
        return new TreeMap<>(byWorkload);
    }

    private LocalImage lookUp(Workload workload) throws InterruptedException {
        String name = workload.image()
                .orElseThrow(() -> GpushareException.unable(
                        "the workload " + workload.name() + " names no container image",
                        "Add 'image:' to its workload.yaml, or run it without containers: --runtime process"));
        try {
            InspectImageResponse answer = calls.within(
                    PATIENCE, client -> client.inspectImageCmd(name).exec());
            return image(name, answer);
        } catch (EngineCallException e) {
            throw switch (e.kind()) {
                case NOT_FOUND ->
                    GpushareException.unable(
                            "%s does not have the image %s of the workload %s"
                                    .formatted(calls.engine(), name, workload.name()),
                            workload.origin()
                                    .get()
                                    .orElse("Build it with: gpushare workloads build " + workload.name()),
                            e);
                case REFUSED, NO_ANSWER, GONE ->
                    GpushareException.unable(
                            "the image %s of the workload %s cannot be looked up: %s"
                                    .formatted(name, workload.name(), e.words()),
                            "Look at the engine with: gpushare doctor",
                            e);
            };
        }
    }

    private LocalImage image(String name, InspectImageResponse answer)
            throws EngineCallException, InterruptedException {
        ContainerConfig config = Objects.requireNonNullElseGet(answer.getConfig(), ContainerConfig::new);
        String id = Objects.requireNonNull(answer.getId(), "every image has an id");
        ContainerUser user = ContainerUser.of(
                Objects.requireNonNullElse(config.getUser(), ""),
                wanted -> ContainerUser.idOf(wanted, file(id, "/etc/passwd")));
        return new LocalImage(
                name,
                id,
                Objects.requireNonNullElse(answer.getRepoDigests(), List.of()),
                user,
                BuiltFrom.of(Objects.requireNonNullElse(config.getLabels(), Map.of())));
    }

    /** Of an image, by a container that is never started; empty where it has no such file, or a link in its place. */
    private String file(String image, String file) throws EngineCallException, InterruptedException {
        String container = calls.within(
                PATIENCE,
                client -> client.createContainerCmd(image)
                        .withEntrypoint("never-started")
                        .withLabels(Map.of(
                                ContainerLabels.RUN,
                                "reading-an-image",
                                ContainerLabels.OWNER,
                                RunOwner.current().text()))
                        .exec()
                        .getId());
        try {
            return calls.within(PATIENCE, client -> content(client, container, file));
        } catch (EngineCallException e) {
            if (e.kind() == EngineCallException.Kind.NOT_FOUND) {
                return "";
            }
            throw e;
        } finally {
            calls.remove(container);
        }
    }

    private static String content(DockerClient client, String container, String file) throws IOException {
        try (TarArchiveInputStream archive = new TarArchiveInputStream(
                client.copyArchiveFromContainerCmd(container, file).exec())) {
            TarArchiveEntry entry = archive.getNextEntry();
            return entry == null || !entry.isFile()
                    ? ""
                    : new String(archive.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }
}
