package io.gpushare.runtime.docker;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import io.gpushare.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The images of workloads, each looked up once: all tenants of a run get the same, even if its name moves on. */
final class LocalImages {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EngineCalls calls;
    private final Map<String, LocalImage> byWorkload = new ConcurrentHashMap<>();

    LocalImages(EngineCalls calls) {
        this.calls = calls;
    }

    /** @throws GpushareException when the workload names none, or the engine does not have it */
    LocalImage of(Workload workload) throws InterruptedException {
        LocalImage known = byWorkload.get(workload.name());
        if (known != null) {
            return known;
        }
        LocalImage found = lookUp(workload);
        byWorkload.put(workload.name(), found);
        return found;
    }

    SortedMap<String, LocalImage> known() {
        return new TreeMap<>(byWorkload);
    }

    private LocalImage lookUp(Workload workload) throws InterruptedException {
        String name = workload.image()
                .orElseThrow(() -> new GpushareException(
                        ExitStatus.UNABLE,
                        "the workload " + workload.name() + " names no container image",
                        "Add 'image:' to its workload.yaml, or run it without containers: --runtime process"));
        try {
            return image(
                    name,
                    calls.within(
                            PATIENCE, client -> client.inspectImageCmd(name).exec()));
        } catch (EngineCallException e) {
            throw switch (e.kind()) {
                case NOT_FOUND ->
                    new GpushareException(
                            ExitStatus.UNABLE,
                            "%s does not have the image %s of the workload %s"
                                    .formatted(calls.engine(), name, workload.name()),
                            "Build it with: gpushare workloads build " + workload.name(),
                            e);
                case REFUSED, NO_ANSWER, GONE ->
                    new GpushareException(
                            ExitStatus.UNABLE,
                            "the image %s of the workload %s cannot be looked up: %s"
                                    .formatted(name, workload.name(), e.words()),
                            "Look at the engine with: gpushare doctor",
                            e);
            };
        }
    }

    private static LocalImage image(String name, InspectImageResponse answer) {
        ContainerConfig config = answer.getConfig();
        String user = config == null ? "" : Objects.requireNonNullElse(config.getUser(), "");
        return new LocalImage(
                name,
                Objects.requireNonNull(answer.getId(), "every image has an id"),
                Objects.requireNonNullElse(answer.getRepoDigests(), List.of()),
                user);
    }
}
