package io.gpushare.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.Whereabouts;
import io.gpushare.plan.KubernetesWishes;
import io.gpushare.plan.KubernetesWishes.GpuResource;
import io.gpushare.runtime.ChosenNodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The nodes of a cluster, as far as this user may see them. */
final class ClusterNodes {
    private static final String VENDOR = "nvidia.com/";

    /** As NVIDIA's discovery writes it: none, time-slicing or mps. */
    private static final String STRATEGY = "nvidia.com/gpu.sharing-strategy";

    private static final String MODEL = "nvidia.com/gpu.product";

    /** Empty where they may not be seen. */
    private final Map<String, Node> nodes = new HashMap<>();

    private ClusterNodes() {}

    static ClusterNodes of(Cluster cluster) {
        ClusterNodes seen = new ClusterNodes();
        try {
            cluster.client()
                    .nodes()
                    .list()
                    .getItems()
                    .forEach(node -> seen.nodes.put(node.getMetadata().getName(), node));
        } catch (KubernetesClientException refused) {
            if (Cluster.away(refused)) {
                throw cluster.failure("the nodes cannot be listed", refused);
            }
            // Many users may not: then the scheduler says what is wrong, later.
        }
        return seen;
    }

    /** @throws GpushareException when no node can have what is asked for */
    void require(KubernetesWishes wishes) {
        if (nodes.isEmpty()) {
            return;
        }
        if (wishes.placement() instanceof Whereabouts.OnNode(String name) && !nodes.containsKey(name)) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "the cluster has no node " + name,
                    "There are: " + String.join(", ", new TreeSet<>(nodes.keySet())) + ".");
        }
        Optional<GpuResource> gpu = wishes.gpu();
        if (gpu.isPresent() && nodes.values().stream().noneMatch(node -> has(node, gpu.get()))) {
            TreeSet<String> advertised = nodes.values().stream()
                    .flatMap(node -> allocatable(node).keySet().stream())
                    .filter(resource -> resource.startsWith(VENDOR))
                    .collect(Collectors.toCollection(TreeSet::new));
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "no node of the cluster has " + gpu.get().count() + " of "
                            + gpu.get().resource(),
                    advertised.isEmpty()
                            ? "None advertises any of NVIDIA's: is its device plugin installed?"
                            : "They advertise " + String.join(", ", advertised) + ".");
        }
    }

    /**
     * Which nodes somebody means, and which of these can take a pod of the plan.
     *
     * @param wanted {@code all}, names with commas between, or {@code LABEL=VALUE}
     * @throws GpushareException when no node is meant
     */
    ChosenNodes choose(KubernetesWishes wishes, String wanted) {
        Map<String, String> leftOut = new TreeMap<>();
        List<String> names = new ArrayList<>();
        for (String name : meant(wishes, wanted)) {
            Node node = nodes.get(name);
            Optional<String> fault = node == null ? Optional.of("there is no such node") : fault(node, wishes);
            fault.ifPresentOrElse(why -> leftOut.put(name, why), () -> names.add(name));
        }
        if (names.isEmpty() && leftOut.isEmpty()) {
            throw new GpushareException(
                    ExitStatus.USAGE,
                    "no node of the cluster is meant by '" + wanted + "'"
                            + (wishes.selector().isEmpty() ? "" : " and the plan's selector"),
                    nodes.isEmpty() ? "This user may not list nodes: name them." : "`kubectl get nodes` lists them.");
        }
        return new ChosenNodes(names, leftOut);
    }

    private List<String> meant(KubernetesWishes wishes, String wanted) {
        if (!wanted.equals("all") && !wanted.contains("=")) {
            return List.of(wanted.split(",", -1));
        }
        Map<String, String> labels = new HashMap<>(wishes.selector());
        if (wanted.contains("=")) {
            String[] label = wanted.split("=", 2);
            labels.put(label[0], label[1]);
        }
        return nodes.keySet().stream()
                .filter(name -> labels.entrySet().stream()
                        .allMatch(label -> label(name, label.getKey())
                                .filter(label.getValue()::equals)
                                .isPresent()))
                .sorted()
                .toList();
    }

    private static Optional<String> fault(Node node, KubernetesWishes wishes) {
        if (node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable())) {
            return Optional.of("it is cordoned");
        }
        boolean ready = node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
        if (!ready) {
            return Optional.of("it is not ready");
        }
        return wishes.gpu()
                .filter(gpu -> !has(node, gpu))
                .map(gpu -> "it does not have " + gpu.count() + " of " + gpu.resource());
    }

    private static boolean has(Node node, GpuResource wanted) {
        String amount = allocatable(node).getOrDefault(wanted.resource(), "0");
        return amount.matches("\\d{1,9}") && Integer.parseInt(amount) >= wanted.count();
    }

    private static Map<String, String> allocatable(Node node) {
        Map<String, String> amounts = new HashMap<>();
        if (node.getStatus() != null && node.getStatus().getAllocatable() != null) {
            node.getStatus().getAllocatable().forEach((name, quantity) -> amounts.put(name, quantity.toString()));
        }
        return amounts;
    }

    boolean sharesByMps(String name) {
        return label(name, STRATEGY).filter("mps"::equals).isPresent();
    }

    /** As in {@code v1.20.2, 4 nvidia.com/gpu}. */
    String words(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            return "not to be seen";
        }
        List<String> parts = new ArrayList<>();
        if (node.getStatus() != null && node.getStatus().getNodeInfo() != null) {
            parts.add(node.getStatus().getNodeInfo().getKubeletVersion());
        }
        label(name, MODEL).ifPresent(parts::add);
        allocatable(node).entrySet().stream()
                .filter(resource -> resource.getKey().startsWith(VENDOR))
                .map(resource -> resource.getValue() + " " + resource.getKey())
                .sorted()
                .forEach(parts::add);
        return String.join(", ", parts);
    }

    private Optional<String> label(String name, String key) {
        return Optional.ofNullable(nodes.get(name))
                .map(node -> Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.<String, String>of()))
                .map(labels -> labels.get(key));
    }
}
