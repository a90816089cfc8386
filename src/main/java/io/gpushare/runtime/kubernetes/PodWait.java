package io.gpushare.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.text.Durations;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waits until pods run, or until it is clear that they do not. */
final class PodWait {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration BEFORE_A_NOTE = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final PodOwner owner;
    private final Duration patience;
    private final Time time;
    private final Consumer<String> note;
    private final BooleanSupplier unwanted;

    PodWait(
            Cluster cluster,
            PodOwner owner,
            Duration patience,
            Time time,
            Consumer<String> note,
            BooleanSupplier unwanted) {
        this.cluster = cluster;
        this.owner = owner;
        this.patience = patience;
        this.time = time;
        this.note = note;
        this.unwanted = unwanted;
    }

    /** @throws GpushareException with the scheduler's or the kubelet's reason why one of them does not run */
    List<Pod> until(Set<String> names) throws InterruptedException {
        long begin = time.nanos();
        Set<String> told = new HashSet<>();
        while (true) {
            if (unwanted.getAsBoolean()) {
                throw new GpushareException(
                        ExitStatus.INTERRUPTED,
                        "the run was ended while it waited for its pods; they are deleted",
                        null);
            }
            List<Pod> running = new ArrayList<>();
            Optional<Pod> waits = Optional.empty();
            String why = "it was deleted";
            for (Pod pod : look(names)) {
                switch (PodCondition.of(pod)) {
                    case PodCondition.Running() -> running.add(pod);
                    case PodCondition.Ended(String reason, boolean _) -> throw refused(pod, reason);
                    case PodCondition.Waiting(String reason) -> {
                        waits = Optional.of(pod);
                        why = reason;
                    }
                }
            }
            if (running.size() == names.size()) {
                return running;
            }
            long waitedNanos = time.nanos() - begin;
            if (waitedNanos >= patience.toNanos()) {
                throw overdue(waits, why, names);
            }
            if (waits.isPresent() && waitedNanos >= BEFORE_A_NOTE.toNanos() && told.add(why)) {
                note.accept("The pod " + waits.get().getMetadata().getName() + " waits: " + why + ".");
            }
            time.sleep(BETWEEN_LOOKS);
        }
    }

    private List<Pod> look(Set<String> names) throws InterruptedException {
        try {
            return cluster.patiently(Duration.ofSeconds(20), () -> owner.pods(cluster)).stream()
                    .filter(pod -> names.contains(pod.getMetadata().getName()))
                    .toList();
        } catch (KubernetesClientException refused) {
            throw cluster.failure("how its pods are cannot be seen", refused);
        }
    }

    private GpushareException refused(Pod pod, String reason) {
        return new GpushareException(
                ExitStatus.UNABLE,
                "the pod " + PodLabels.purpose(pod) + " does not run: " + explained(pod, reason),
                advice(reason, image(pod)));
    }

    private static String advice(String reason, String image) {
        if (reason.contains("bash")) {
            return "gpushare waits in the pod with bash, and the image " + image + " seems to have none: add it.";
        }
        if (reason.contains("Image") || reason.contains("image")) {
            return "The cluster must get the image " + image + ". --kubernetes registry=HOST/TEAM says where"
                    + " `gpushare workloads build --push` sent it, secret=NAME with which login it is pulled.";
        }
        return "More tells: kubectl get events";
    }

    private GpushareException overdue(Optional<Pod> waits, String why, Set<String> names) {
        String which = waits.map(PodLabels::purpose).orElse("of the run");
        String reason = waits.map(pod -> explained(pod, why)).orElse(why);
        return new GpushareException(
                ExitStatus.UNABLE,
                "the pod " + which + " did not run within " + Durations.text(patience) + ": " + reason,
                "Where nodes are only being started, let it wait longer: --kubernetes wait=15m. The run needed "
                        + names.size() + " at the same time.");
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getImage();
    }

    /** A container that is being created, or whose image is not pulled, says less than the events about it. */
    private String explained(Pod pod, String reason) {
        if (!reason.matches("ContainerCreating|ImagePullBackOff.*|PodInitializing")) {
            return reason;
        }
        try {
            return cluster
                    .client()
                    .v1()
                    .events()
                    .inNamespace(cluster.namespace())
                    .withField("involvedObject.uid", pod.getMetadata().getUid())
                    .list()
                    .getItems()
                    .stream()
                    .filter(event -> "Warning".equals(event.getType())
                            && event.getMessage() != null
                            && event.getReason().startsWith("Failed"))
                    .max(Comparator.comparingInt(
                            (Event event) -> event.getMessage().length()))
                    .map(event -> reason.split(":", 2)[0] + ": "
                            + event.getMessage().strip().replace("\n", "; "))
                    .orElse(reason);
        } catch (KubernetesClientException notAllowed) {
            return reason;
        }
    }
}
