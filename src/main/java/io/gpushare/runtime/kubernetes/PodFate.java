package io.gpushare.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.gpushare.runtime.TenantExit;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.OptionalLong;

/** Finds out why a tenant ended that was to work on: from its pod, from the cluster, from the kernel. */
final class PodFate implements KubernetesTenant.Fate {
    private static final int KILLED = 128 + 9;

    /** In which the kubelet sees what happened to a container, and says it. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private final Cluster cluster;
    private final Time time;

    PodFate(Cluster cluster, Time time) {
        this.cluster = cluster;
        this.time = time;
    }

    @Override
    public TenantExit of(WaitingPod pod, PipeEnd end) {
        try {
            return found(pod, end);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return KubernetesTenant.told(end);
        }
    }

    private TenantExit found(WaitingPod pod, PipeEnd end) throws InterruptedException {
        boolean killed = end.equals(new PipeEnd.Exited(KILLED));
        if (end instanceof PipeEnd.Exited && !killed) {
            return KubernetesTenant.told(end); // By itself, or by a signal that nobody else uses.
        }
        if (killed && ranOutOfMemory(pod)) {
            return new TenantExit.OutOfMemory();
        }
        long patience = time.nanos() + PATIENCE.toNanos();
        while (true) {
            String unanswered = "";
            try {
                Pod now = cluster.client()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .withName(pod.name())
                        .get();
                if (now == null || !pod.uid().equals(now.getMetadata().getUid())) {
                    return new TenantExit.Lost("its pod " + pod.name() + " was deleted");
                }
                if (PodCondition.of(now) instanceof PodCondition.Ended(String why, boolean outOfMemory)
                        && !why.startsWith("its container ended with status 0")) {
                    return outOfMemory ? new TenantExit.OutOfMemory() : new TenantExit.Lost(why);
                }
            } catch (KubernetesClientException refused) {
                unanswered = cluster.words(refused);
            }
            if (time.nanos() - patience >= 0) {
                return undecided(pod, end, unanswered);
            }
            time.sleep(BETWEEN_LOOKS);
        }
    }

    private static boolean ranOutOfMemory(WaitingPod pod) throws InterruptedException {
        OptionalLong kills = pod.helper().outOfMemoryKills();
        return kills.isPresent() && kills.getAsLong() > 0;
    }

    private static TenantExit undecided(WaitingPod pod, PipeEnd end, String unanswered) {
        return switch (end) {
            case PipeEnd.Exited _ -> KubernetesTenant.told(end);
            case PipeEnd.Broken(String reason) ->
                new TenantExit.Lost("the connection to its pod on the node " + pod.node() + " broke: " + reason
                        + (unanswered.isEmpty() ? "" : "; " + unanswered));
        };
    }
}
