package io.gpushare.runtime.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A node, and the ConfigMap of its device plugin. What is changed is changed in what was read: where somebody else was
 * faster, it is read again.
 */
final class PluginNode {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int FORBIDDEN = 403;

    private final Cluster cluster;
    private final String name;
    private final String configMap;

    PluginNode(Cluster cluster, String name, String configMap) {
        this.cluster = cluster;
        this.name = name;
        this.configMap = configMap;
    }

    /** @throws GpushareException where none is meant, or several */
    static PluginNode chosen(Cluster cluster, PluginPlace place) throws InterruptedException {
        if (place.node().isPresent()) {
            PluginNode node = new PluginNode(cluster, place.node().get(), place.configMap());
            if (node.look().isEmpty()) {
                throw node.gone();
            }
            return node;
        }
        List<String> names = names(cluster, place);
        if (names.size() != 1) {
            String meant = place.selector().isEmpty() ? "with a GPU of NVIDIA's" : "with a GPU and these labels";
            throw new GpushareException(
                    names.isEmpty() ? ExitStatus.UNABLE : ExitStatus.USAGE,
                    names.isEmpty()
                            ? "the cluster has no node " + meant
                            : "the cluster has several nodes " + meant + ": " + String.join(", ", names),
                    names.isEmpty()
                            ? "None advertises one: is NVIDIA's device plugin installed?"
                            : "Choose one with --kubernetes node=NAME.");
        }
        return new PluginNode(cluster, names.getFirst(), place.configMap());
    }

    /** Of the nodes that have GPUs, or had some. */
    static List<String> names(Cluster cluster, PluginPlace place) throws InterruptedException {
        return new PluginNode(cluster, "", place.configMap())
                        .ask(
                                "list",
                                "nodes",
                                () -> cluster.client()
                                        .nodes()
                                        .withLabels(place.selector())
                                        .list()
                                        .getItems())
                        .stream()
                        .filter(node -> !seen(node).resources().isEmpty()
                                || "true".equals(labels(node).get(Advertised.VENDOR + "gpu.present")))
                        .map(node -> node.getMetadata().getName())
                        .sorted()
                        .toList();
    }

    String name() {
        return name;
    }

    /** Empty where there is no such node. */
    Optional<Advertised> look() throws InterruptedException {
        return ask("get", "nodes", this::node).map(PluginNode::seen);
    }

    GpushareException gone() {
        return new GpushareException(
                ExitStatus.UNABLE, "the cluster has no node " + name, "`kubectl get nodes` lists them.");
    }

    private Optional<Node> node() {
        return Optional.ofNullable(cluster.client().nodes().withName(name).get());
    }

    private static Map<String, String> labels(Node node) {
        return Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of());
    }

    private static Advertised seen(Node node) {
        Map<String, Long> counts = new HashMap<>();
        if (node.getStatus() != null && node.getStatus().getAllocatable() != null) {
            node.getStatus().getAllocatable().forEach((resource, amount) -> {
                String text = amount.toString();
                if (text.matches("[0-9]{1,9}")) {
                    counts.put(resource, Long.parseLong(text));
                }
            });
        }
        return Advertised.of(counts, labels(node));
    }

    /** Whether a node names this configuration, this one or another. */
    boolean isNamed(String key) throws InterruptedException {
        return !ask(
                        "list",
                        "nodes",
                        () -> cluster.client()
                                .nodes()
                                .withLabel(Advertised.CONFIG, key)
                                .list()
                                .getItems())
                .isEmpty();
    }

    /** Empty where there is no such ConfigMap. */
    Optional<Map<String, String>> configurations() throws InterruptedException {
        return ask("get", configMaps(), this::map).map(PluginNode::data);
    }

    private Optional<ConfigMap> map() {
        return Optional.ofNullable(cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName(configMap)
                .get());
    }

    private static Map<String, String> data(ConfigMap map) {
        return Objects.requireNonNullElse(map.getData(), Map.of());
    }

    private String configMaps() {
        return "configmaps in the namespace " + cluster.namespace();
    }

    /** What somebody else changed since it was looked at. */
    static final class ChangedException extends GpushareException {
        private static final long serialVersionUID = 1;

        ChangedException(String what) {
            super(ExitStatus.FAILED, what + " was changed by somebody else at the same time", null);
        }
    }

    /** Sets a label of the node, where it is as it should be now; empty stands for that there is none. */
    void label(String label, Optional<String> now, Optional<String> wanted) throws InterruptedException {
        ask("patch", "nodes", () -> {
            Node node = node().orElseThrow(this::gone);
            Optional<String> there = Optional.ofNullable(labels(node).get(label));
            if (!there.equals(wanted)) {
                require(there, now, "the label " + label + " of the node " + name);
                ObjectNode patch = patch(node.getMetadata().getResourceVersion());
                ObjectNode values = patch.withObject("/metadata").putObject("labels");
                values.put(label, wanted.orElse(null));
                if (label.equals(Advertised.MIG_CONFIG)) {
                    // The MIG manager may have said that it is done of what it did before.
                    values.put(Advertised.MIG_STATE, "pending");
                }
                cluster.client().nodes().withName(name).patch(MERGE, patch.toString());
            }
            return there;
        });
    }

    /** Likewise a configuration in the ConfigMap. */
    void configuration(String key, Optional<String> now, Optional<String> wanted) throws InterruptedException {
        ask("patch", configMaps(), () -> {
            ConfigMap map = map().orElseThrow(this::noMap);
            Optional<String> there = Optional.ofNullable(data(map).get(key));
            if (!there.equals(wanted)) {
                require(there, now, "the key " + key + " of the ConfigMap " + configMap);
                ObjectNode patch = patch(map.getMetadata().getResourceVersion());
                patch.putObject("data").put(key, wanted.orElse(null));
                cluster.client()
                        .configMaps()
                        .inNamespace(cluster.namespace())
                        .withName(configMap)
                        .patch(MERGE, patch.toString());
            }
            return there;
        });
    }

    GpushareException noMap() {
        return new GpushareException(
                ExitStatus.UNABLE,
                "there is no ConfigMap " + configMap + " in the namespace " + cluster.namespace(),
                "It is the one that NVIDIA's device plugin was told to read (config.name of its Helm chart,"
                        + " devicePlugin.config.name of the GPU operator). Name it with --kubernetes"
                        + " namespace=NAMESPACE,configmap=NAME.");
    }

    private static void require(Optional<String> there, Optional<String> expected, String what) {
        if (!there.equals(expected)) {
            throw new ChangedException(what);
        }
    }

    /** Refused with a conflict where it is not as it was read any more. */
    private static ObjectNode patch(String version) {
        ObjectNode patch = MAPPER.createObjectNode();
        patch.putObject("metadata").put("resourceVersion", version);
        return patch;
    }

    private <T> T ask(String verb, String resource, Supplier<T> request) throws InterruptedException {
        try {
            return cluster.patiently(PATIENCE, request);
        } catch (KubernetesClientException failure) {
            if (failure.getCode() == FORBIDDEN) {
                throw new GpushareException(
                        ExitStatus.UNABLE,
                        "this user may not " + verb + " " + resource + ": " + cluster.words(failure),
                        "It takes get, list and patch of nodes, and get and patch of the ConfigMap " + configMap
                                + " in the namespace " + cluster.namespace()
                                + ". docs/kubernetes.md has the roles.",
                        failure);
            }
            throw cluster.failure("a request to " + verb + " " + resource + " failed", failure);
        }
    }
}
