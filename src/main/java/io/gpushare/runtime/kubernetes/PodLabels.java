package io.gpushare.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.gpushare.runtime.elsewhere.OwnerMark;
import java.util.Map;
import java.util.Optional;

/** What gpushare writes on what it makes in a cluster, so that it can be found again. */
final class PodLabels {
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String GPUSHARE = "gpushare";

    /** On everything that belongs to the same pods: the name of their owner. */
    static final String PODS = "gpushare.io/pods";

    /** The run's own id, once it has one. */
    static final String RUN = "gpushare.io/run";

    static final String TENANT = "gpushare.io/tenant";
    static final String WORKLOAD = "gpushare.io/workload";

    private static final String HOST = "gpushare.io/host";
    private static final String OWNER = "gpushare.io/owner";

    private PodLabels() {}

    static Map<String, String> ofOwner(String name) {
        return Map.of(MANAGED_BY, GPUSHARE, PODS, name);
    }

    /** Annotations, for a label could not hold them. */
    static Map<String, String> annotations(OwnerMark mark) {
        return Map.of(HOST, mark.host(), OWNER, mark.owner());
    }

    static Optional<OwnerMark> mark(Map<String, String> annotations) {
        return annotations.containsKey(HOST) && annotations.containsKey(OWNER)
                ? Optional.of(new OwnerMark(annotations.get(HOST), annotations.get(OWNER)))
                : Optional.empty();
    }

    /** Of which a pod of ours is, in words: {@code for tenant 3}, {@code that samples a node}. */
    static String purpose(HasMetadata pod) {
        return pod.getMetadata().getLabels().containsKey(TENANT) ? "for tenant " + tenant(pod) : "that samples a node";
    }

    /** For which a pod of ours waits. */
    static int tenant(HasMetadata pod) {
        return Integer.parseInt(pod.getMetadata().getLabels().get(TENANT));
    }
}
