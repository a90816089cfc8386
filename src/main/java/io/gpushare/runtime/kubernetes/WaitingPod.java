package io.gpushare.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.gpushare.runtime.elsewhere.NodeHelper;
import io.gpushare.time.Time;
import java.util.List;
import java.util.Objects;

/**
 * A pod in which a tenant can be started, and whoever answers in it. It ends when this end of its pipes is closed,
 * however that comes about.
 *
 * @param image that the kubelet found, with its digest
 */
record WaitingPod(String name, String uid, String node, String image, ExecPipe pipe, NodeHelper helper)
        implements AutoCloseable {

    /** @param pod that runs */
    static WaitingPod attached(Cluster cluster, Pod pod, Time time) {
        String name = pod.getMetadata().getName();
        String node = pod.getSpec().getNodeName();
        ExecPipe[] pipe = new ExecPipe[1];
        NodeHelper helper = new NodeHelper(node, time, output -> {
            pipe[0] = ExecPipe.attached(cluster, name, output);
            return pipe[0];
        });
        return new WaitingPod(name, pod.getMetadata().getUid(), node, image(pod), pipe[0], helper);
    }

    private static String image(Pod pod) {
        return Objects.requireNonNullElse(pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of()).stream()
                .filter(container -> PodManifest.CONTAINER.equals(container.getName()))
                .map(ContainerStatus::getImageID)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    /** Whether a tenant could be started in it. */
    boolean alive() {
        return !pipe.end().isDone();
    }

    @Override
    public void close() {
        helper.close();
    }
}
