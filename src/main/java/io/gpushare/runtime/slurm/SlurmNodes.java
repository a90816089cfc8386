package io.gpushare.runtime.slurm;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.ChosenNodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which nodes of a cluster somebody means, and which of these can take a run. */
public final class SlurmNodes {
    /** In these a node takes a job, now or after others. */
    private static final Set<String> USABLE = Set.of("idle", "mix", "alloc", "comp", "plnd");

    private static final Set<String> GPUS = Set.of("gpu", "shard", "mps");

    private final SlurmTools tools;
    private final Map<String, String> wishes;

    /**
     * @param environment of gpushare, which may say where Slurm's configuration lies
     * @param wishes of the plan: nodes are those of its partition
     */
    public SlurmNodes(Map<String, String> environment, Map<String, String> wishes) {
        this.tools = new SlurmTools(environment);
        this.wishes = Map.copyOf(wishes);
    }

    /** As {@code sinfo} tells of it. */
    private record Node(String name, String state, List<String> features, String resources) {
        static Node parse(String line) {
            String[] parts = line.strip().split("\\|", -1);
            return new Node(parts[0], parts[1], List.of(parts[2].split(",")), parts[3]);
        }

        boolean has(String resource) {
            return Arrays.stream(resources.split(",")).anyMatch(one -> one.startsWith(resource + ":"));
        }
    }

    /**
     * @param wanted {@code all}, names as {@code n[1-4],n7}, or a feature that nodes have
     * @throws GpushareException when there is no such node, or no Slurm
     */
    public ChosenNodes choose(String wanted) throws InterruptedException {
        tools.require();
        Map<String, Node> known = known();
        List<String> names = new ArrayList<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        for (String name : named(wanted, known)) {
            Node node = known.get(name);
            String why = node == null ? "there is no such node" : fault(node);
            if (why.isEmpty()) {
                names.add(name);
            } else {
                leftOut.put(name, why);
            }
        }
        return new ChosenNodes(names, leftOut);
    }

    /** A node that is in several partitions is listed several times. */
    private Map<String, Node> known() throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--noheader", "--Node", "--format=%N|%t|%f|%G"));
        if (wishes.containsKey("partition")) {
            arguments.add("--partition=" + wishes.get("partition"));
        }
        Map<String, Node> nodes = new LinkedHashMap<>();
        tools.run("sinfo", arguments.toArray(String[]::new))
                .requireSuccess("list the nodes of the cluster")
                .stdout()
                .lines()
                .filter(line -> line.chars().filter(letter -> letter == '|').count() == 3)
                .map(Node::parse)
                .forEach(node -> nodes.putIfAbsent(node.name(), node));
        return nodes;
    }

    private List<String> named(String wanted, Map<String, Node> known) throws InterruptedException {
        if (wanted.equals("all")) {
            return List.copyOf(known.keySet());
        }
        List<String> names = tools.names(wanted);
        if (names.stream().anyMatch(known::containsKey)) {
            return names;
        }
        List<String> featured = known.values().stream()
                .filter(node -> node.features().contains(wanted))
                .map(Node::name)
                .toList();
        if (featured.isEmpty()) {
            throw new GpushareException(
                    ExitStatus.USAGE,
                    "no node of this cluster is called '" + wanted + "' or has such a feature",
                    "`sinfo --Node --format='%N %f %G'` lists them.");
        }
        return featured;
    }

    /** Empty where there is none. */
    private String fault(Node node) {
        if (!USABLE.contains(node.state())) {
            return "Slurm says that it is " + node.state();
        }
        for (String resource : wishes.getOrDefault("gres", "").split(",", -1)) {
            String name = resource.split(":", -1)[0];
            if (GPUS.contains(name) && !node.has(name)) {
                return "it has no " + name;
            }
        }
        return "";
    }
}
