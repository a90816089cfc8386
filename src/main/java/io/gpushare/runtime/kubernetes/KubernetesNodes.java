package io.gpushare.runtime.kubernetes;

import io.gpushare.failure.GpushareException;
import io.gpushare.plan.KubernetesWishes;
import io.gpushare.runtime.ChosenNodes;
import io.gpushare.time.Time;

/** Which nodes of a cluster somebody means, and which of these can take a run. */
public final class KubernetesNodes {
    private KubernetesNodes() {}

    /**
     * @param wishes of the plan: its context, its selector, the GPUs that it asks for
     * @param wanted {@code all}, names with commas between, or {@code LABEL=VALUE}
     * @throws GpushareException when there is no such node, or no cluster
     */
    public static ChosenNodes choose(KubernetesWishes wishes, String wanted, Time time) {
        try (Cluster cluster = Cluster.open(wishes.value("context"), wishes.value("namespace"), time)) {
            return ClusterNodes.of(cluster).choose(wishes, wanted);
        }
    }
}
