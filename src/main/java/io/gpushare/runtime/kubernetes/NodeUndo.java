package io.gpushare.runtime.kubernetes;

import io.gpushare.runtime.kubernetes.NodeChange.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts back what was before a change. What somebody else has made of it since is theirs, and left. */
final class NodeUndo {
    private final PluginNode node;
    private final NodeChange change;
    private final List<String> done = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    private NodeUndo(Cluster cluster, NodeChange change) {
        this.node = new PluginNode(cluster, change.node(), change.configMap());
        this.change = change;
    }

    /**
     * @param done sentences
     * @param left what, and why
     */
    record Outcome(List<String> done, List<String> left) {}

    static Outcome of(Cluster cluster, NodeChange change) throws InterruptedException {
        NodeUndo undo = new NodeUndo(cluster, change);
        // The label first: a plugin must find what it names.
        undo.labels();
        undo.keys();
        return new Outcome(undo.done, undo.left);
    }

    private void labels() throws InterruptedException {
        for (Map.Entry<String, Setting> label : change.labels().entrySet()) {
            Optional<Advertised> there = node.look();
            if (there.isEmpty()) {
                left.add("the node " + node.name() + " is not there any more");
                return;
            }
            Optional<String> now = there.get().label(label.getKey());
            Optional<String> before = label.getValue().before();
            if (now.equals(before)) {
                continue;
            }
            if (!label.getValue().isOurs(now)) {
                left.add("somebody else has made the label " + label.getKey() + " "
                        + now.map(value -> "'" + value + "'").orElse("go") + ": it stays so");
                continue;
            }
            node.label(label.getKey(), now, before);
            done.add("label " + label.getKey()
                    + before.map(value -> " set to " + value + " again").orElse(" removed"));
        }
    }

    private void keys() throws InterruptedException {
        if (change.keys().isEmpty()) {
            return;
        }
        Optional<Map<String, String>> there = node.configurations();
        if (there.isEmpty()) {
            left.add("the ConfigMap " + change.configMap() + " is not there any more");
            return;
        }
        for (Map.Entry<String, Setting> key : change.keys().entrySet()) {
            Optional<String> now = Optional.ofNullable(there.get().get(key.getKey()));
            Optional<String> before = key.getValue().before();
            if (now.equals(before)) {
                continue;
            }
            if (!key.getValue().isOurs(now)) {
                left.add("somebody else has changed the key " + key.getKey() + " of the ConfigMap: it stays so");
            } else if (node.isNamed(key.getKey())) {
                left.add("a node's label names the key " + key.getKey() + " of the ConfigMap: it stays");
            } else {
                node.configuration(key.getKey(), now, before);
                done.add("key " + key.getKey() + (before.isPresent() ? " as before" : " removed") + " in the ConfigMap "
                        + change.namespace() + "/" + change.configMap());
            }
        }
    }
}
