package io.gpushare.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the scheduler and the kubelet say of a pod that is to wait for a tenant. */
sealed interface PodCondition {
    record Running() implements PodCondition {}

    /** @param why in their words */
    record Waiting(String why) implements PodCondition {}

    /**
     * It will not run, or runs no more.
     *
     * @param why in their words
     * @param outOfMemory whether it took more than it may have
     */
    record Ended(String why, boolean outOfMemory) implements PodCondition {}

    /** Of reasons for which a container waits, those that do not pass. */
    Set<String> HOPELESS = Set.of(
            "ErrImageNeverPull",
            "InvalidImageName",
            "ImagePullBackOff",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "CrashLoopBackOff");

    static PodCondition of(Pod pod) {
        PodStatus status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
        Optional<ContainerState> state = statuses(status).stream()
                .filter(container -> PodManifest.CONTAINER.equals(container.getName()))
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .findFirst();
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return new Ended(words("its pod was deleted", status.getReason(), status.getMessage()), false);
        }
        if (status.getReason() != null && Set.of("Failed", "Succeeded").contains(text(status.getPhase()))) {
            // Evicted, Preempting, DeadlineExceeded, NodeLost …
            return new Ended(words(status.getReason(), status.getMessage()), false);
        }
        Optional<ContainerStateTerminated> terminated =
                state.map(ContainerState::getTerminated).filter(Objects::nonNull);
        if (terminated.isPresent()) {
            return ended(terminated.get());
        }
        if (state.map(ContainerState::getRunning).isPresent()) {
            return new Running();
        }
        Optional<ContainerStateWaiting> waiting = state.map(ContainerState::getWaiting);
        if (waiting.isPresent() && HOPELESS.contains(text(waiting.get().getReason()))) {
            return new Ended(words(waiting.get().getReason(), waiting.get().getMessage()), false);
        }
        return new Waiting(unscheduled(status)
                .orElseGet(() -> waiting.map(container -> words(container.getReason(), container.getMessage()))
                        .filter(why -> !why.isEmpty())
                        .orElse("the scheduler has not looked at it yet")));
    }

    private static Ended ended(ContainerStateTerminated end) {
        boolean outOfMemory = "OOMKilled".equals(end.getReason());
        String how = end.getSignal() != null && end.getSignal() > 0
                ? "signal " + end.getSignal()
                : "status " + end.getExitCode();
        String said = words(end.getReason(), end.getMessage());
        return new Ended("its container ended with " + how + (said.isEmpty() ? "" : ": " + said), outOfMemory);
    }

    private static Optional<String> unscheduled(PodStatus status) {
        return Stream.ofNullable(status.getConditions())
                .flatMap(List::stream)
                .filter(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .map(condition -> words(condition.getReason(), condition.getMessage()))
                .findFirst();
    }

    private static List<ContainerStatus> statuses(PodStatus status) {
        return Objects.requireNonNullElse(status.getContainerStatuses(), List.of());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Those that are there, as in {@code Evicted: The node was low on resource: memory}. */
    private static String words(@Nullable String... parts) {
        return Stream.of(parts)
                .filter(part -> part != null && !part.isBlank())
                .map(part -> part.strip().replaceAll("\\s*\n\\s*", "; "))
                .collect(Collectors.joining(": "));
    }
}
