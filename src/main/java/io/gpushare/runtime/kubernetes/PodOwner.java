package io.gpushare.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.elsewhere.OwnerMark;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * To which all pods of a run belong: a ConfigMap that says whose they are. The cluster deletes them when it is deleted.
 *
 * @param uid tells it from another of the same name, earlier or later
 */
record PodOwner(String name, String uid) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration REMOVAL = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    static ConfigMap manifest(String name, OwnerMark mark) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(PodLabels.ofOwner(name))
                .withAnnotations(PodLabels.annotations(mark))
                .endMetadata()
                .withData(Map.of("about", "Pods of a run of gpushare belong to this, and are deleted with it."))
                .build();
    }

    static PodOwner created(Cluster cluster, String name, OwnerMark mark) throws InterruptedException {
        ConfigMap wanted = manifest(name, mark);
        ConfigMap made = cluster.patiently(
                PATIENCE,
                orThatOf(
                        () -> cluster.client()
                                .configMaps()
                                .inNamespace(cluster.namespace())
                                .resource(wanted)
                                .create(),
                        () -> cluster.client()
                                .configMaps()
                                .inNamespace(cluster.namespace())
                                .withName(name)
                                .require()));
        return new PodOwner(name, made.getMetadata().getUid());
    }

    /** Those of all runs that are in the namespace. */
    static List<ConfigMap> all(Cluster cluster) {
        try {
            return cluster.client()
                    .configMaps()
                    .inNamespace(cluster.namespace())
                    .withLabel(PodLabels.MANAGED_BY, PodLabels.GPUSHARE)
                    .withLabel(PodLabels.PODS)
                    .list()
                    .getItems();
        } catch (KubernetesClientException refused) {
            throw cluster.failure("pods of earlier runs cannot be looked for", refused);
        }
    }

    /** What a request had made whose answer was lost is ours: nobody else has its name. */
    static <T extends HasMetadata> Supplier<T> orThatOf(Supplier<T> create, Supplier<T> get) {
        return () -> {
            try {
                return create.get();
            } catch (KubernetesClientException failure) {
                if (Cluster.alreadyExists(failure)) {
                    return get.get();
                }
                throw failure;
            }
        };
    }

    OwnerReference reference() {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName(name)
                .withUid(uid)
                .build();
    }

    Map<String, String> label() {
        return Map.of(PodLabels.PODS, name);
    }

    List<Pod> pods(Cluster cluster) {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabels(label())
                .list()
                .getItems();
    }

    /** So that both can be found by the run's own id. */
    void label(Cluster cluster, String runId) {
        String patch = "{\"metadata\":{\"labels\":{\"" + PodLabels.RUN + "\":\"" + runId + "\"}}}";
        PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
        cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName(name)
                .patch(merge, patch);
        for (Pod pod : pods(cluster)) {
            cluster.client()
                    .pods()
                    .inNamespace(cluster.namespace())
                    .withName(pod.getMetadata().getName())
                    .patch(merge, patch);
        }
    }

    /**
     * Deletes it and its pods, and waits until they are gone. Goes on while the API server is away for a while.
     *
     * @throws KubernetesClientException when that is refused, or nobody answers
     * @throws GpushareException when they do not end
     */
    void delete(Cluster cluster, Time time) throws InterruptedException {
        cluster.stubbornly(REMOVAL, () -> {
            // The cluster would delete them soon; this is at once.
            for (Pod pod : pods(cluster)) {
                if (isOurs(pod)) {
                    cluster.client()
                            .pods()
                            .inNamespace(cluster.namespace())
                            .resource(pod)
                            .withGracePeriod(0)
                            .delete();
                }
            }
            return cluster.client()
                    .configMaps()
                    .inNamespace(cluster.namespace())
                    .withName(name)
                    .delete();
        });
        long end = time.nanos() + REMOVAL.toNanos();
        while (cluster.stubbornly(REMOVAL, () -> pods(cluster)).stream().anyMatch(this::isOurs)) {
            if (time.nanos() - end >= 0) {
                throw new GpushareException(
                        ExitStatus.FAILED,
                        "pods that belong to " + name + " were deleted but do not end",
                        "kubectl get pods -l " + PodLabels.PODS + "=" + name + " -n " + cluster.namespace());
            }
            time.sleep(BETWEEN_LOOKS);
        }
    }

    /** @param what cannot be done then, for whoever is told */
    void deleteOr(Cluster cluster, Time time, String what) throws InterruptedException {
        try {
            delete(cluster, time);
        } catch (KubernetesClientException failed) {
            throw new GpushareException(
                    ExitStatus.FAILED,
                    what + ": " + cluster.words(failed),
                    "By hand: kubectl delete configmap " + name + " -n " + cluster.namespace(),
                    failed);
        }
    }

    /** Anybody may have put our label on another. */
    private boolean isOurs(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream().anyMatch(reference -> uid.equals(reference.getUid()));
    }
}
