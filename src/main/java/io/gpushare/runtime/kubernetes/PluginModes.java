package io.gpushare.runtime.kubernetes;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.elsewhere.OwnerMark;
import io.gpushare.runtime.kubernetes.NodeChange.Setting;
import io.gpushare.runtime.kubernetes.NodeChanges.Lifetime;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Tells NVIDIA's device plugin how to share the GPUs of a node, by a configuration in its ConfigMap and the node's
 * label that names it, and waits until the node advertises that. What was there before is on this machine's disk before
 * anything changes, and only what is still as gpushare made it is put back.
 */
public final class PluginModes {
    private final NodeChanges journal;
    private final Time time;
    private final OwnerMark mark;
    private final BiFunction<Optional<String>, String, Cluster> opener;
    private final Consumer<String> note;

    /**
     * @param state folder in which gpushare remembers what it has changed
     * @param note told what is waited for, and what a killed gpushare left
     */
    public PluginModes(Path state, Time time, Consumer<String> note) {
        this(
                state,
                time,
                OwnerMark.ofThisProcess(),
                (context, namespace) -> Cluster.open(context, Optional.of(namespace), time),
                note);
    }

    /** @param opener of a cluster by its context, and the namespace of its device plugin */
    PluginModes(
            Path state,
            Time time,
            OwnerMark mark,
            BiFunction<Optional<String>, String, Cluster> opener,
            Consumer<String> note) {
        this.journal = new NodeChanges(state);
        this.time = time;
        this.mark = mark;
        this.opener = opener;
        this.note = note;
    }

    /**
     * @param changes sentences; none where all was so already
     * @param proven whether the node looks as it did not before: else it may be that nobody has obeyed
     */
    public record Applied(String node, Advertised before, Advertised after, List<String> changes, boolean proven) {
        public Applied {
            changes = List.copyOf(changes);
        }
    }

    /**
     * @param purpose told to whoever finds the journal, as a command line
     * @throws GpushareException when the node does not come to advertise what the mode means; it is as before then
     */
    @SuppressWarnings("try") // nobody else changes the node while the lock is open
    public Applied apply(PluginMode mode, PluginPlace place, String purpose) throws InterruptedException {
        try (Cluster cluster = opener.apply(place.context(), place.namespace())) {
            PluginNode node = PluginNode.chosen(cluster, place);
            try (NodeChanges.Lock _ = journal.lock(cluster.server(), node.name())) {
                NodeWait wait = new NodeWait(node, place.patience(), time, note);
                finishInterrupted(cluster, wait);
                Advertised before = node.look().orElseThrow(node::gone);
                OptionalInt cards = before.cardsWhereNoneIsShared();
                requireCards(mode, cards, node.name(), before);
                ModeArrival arrival = new ModeArrival(mode, place, cards);
                NodeChange change = change(cluster, node, mode, place, before, purpose);
                Advertised after = change.isEmpty() ? arrival.await(wait) : changed(cluster, change, arrival, wait);
                return new Applied(
                        node.name(), before, after, change.sentences(), change.isEmpty() || !arrival.shownBy(before));
            }
        }
    }

    private static void requireCards(PluginMode mode, OptionalInt cards, String node, Advertised now) {
        if (mode instanceof PluginMode.Replicated && cards.isEmpty()) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "how many GPUs the node " + node + " has cannot be told: it advertises " + now.words()
                            + ", and has no label nvidia.com/gpu.count",
                    "First: gpushare mode apply exclusive --runtime kubernetes --kubernetes node=" + node);
        }
    }

    private NodeChange change(
            Cluster cluster, PluginNode node, PluginMode mode, PluginPlace place, Advertised before, String purpose)
            throws InterruptedException {
        Map<String, Setting> labels = new HashMap<>();
        Optional<String> config = before.label(Advertised.CONFIG);
        if (!config.equals(mode.key())) {
            labels.put(Advertised.CONFIG, Setting.of(config, mode.key()));
        }
        Optional<String> mig = before.label(Advertised.MIG_CONFIG);
        if (place.mig().isPresent() && mig.isEmpty()) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "the node " + node.name() + " has no label " + Advertised.MIG_CONFIG
                            + ": how its GPUs are divided now could not be put back",
                    "Does NVIDIA's MIG manager work there? Say how they are now: kubectl label node " + node.name()
                            + " " + Advertised.MIG_CONFIG + "=all-disabled");
        }
        if (place.mig().isPresent() && !mig.equals(place.mig())) {
            labels.put(Advertised.MIG_CONFIG, Setting.of(mig, place.mig()));
        }
        Map<String, Setting> keys = new HashMap<>();
        if (mode.key().isPresent()) {
            String key = mode.key().get();
            Map<String, String> there = node.configurations().orElseThrow(node::noMap);
            Setting setting = Setting.of(Optional.ofNullable(there.get(key)), Optional.of(mode.configuration()));
            if (!setting.isOurs(setting.before())) {
                keys.put(key, setting);
            }
        }
        return new NodeChange(
                cluster.context(),
                cluster.server(),
                cluster.namespace(),
                place.configMap(),
                node.name(),
                labels,
                keys,
                before.resources(),
                purpose,
                mark);
    }

    private Advertised changed(Cluster cluster, NodeChange change, ModeArrival arrival, NodeWait wait)
            throws InterruptedException {
        journal.write(Lifetime.TEMPORARY, change);
        try {
            // What the label names first: a plugin that does not find its configuration dies.
            for (Map.Entry<String, Setting> key : change.keys().entrySet()) {
                Setting text = key.getValue();
                wait.node().configuration(key.getKey(), text.before(), text.wanted());
            }
            for (Map.Entry<String, Setting> label : change.labels().entrySet()) {
                Setting value = label.getValue();
                wait.node().label(label.getKey(), value.before(), value.wanted());
            }
            Advertised reached = arrival.await(wait);
            Optional<NodeChange> earlier = journal.find(Lifetime.LASTING, change.server(), change.node());
            journal.write(
                    Lifetime.LASTING, earlier.map(first -> first.then(change)).orElse(change));
            journal.remove(Lifetime.TEMPORARY, change);
            return reached;
        } catch (InterruptedException interrupted) {
            throw undone(
                    cluster, change, new GpushareException(ExitStatus.INTERRUPTED, "interrupted", null, interrupted));
        } catch (GpushareException failure) {
            throw undone(cluster, change, failure);
        }
    }

    /** Why nothing has changed. */
    private GpushareException undone(Cluster cluster, NodeChange change, GpushareException why)
            throws InterruptedException {
        try {
            List<String> left = undoUnhurried(cluster, change).left();
            journal.remove(Lifetime.TEMPORARY, change);
            return new GpushareException(
                    why.status(),
                    why.sentence() + "; the node " + change.node() + " was put back"
                            + (left.isEmpty() ? "" : ", but " + String.join("; ", left)),
                    why.advice().orElse(null),
                    why);
        } catch (GpushareException stays) {
            GpushareException both = new GpushareException(
                    ExitStatus.FAILED,
                    why.sentence() + "; and the node " + change.node() + " could not be put back: " + stays.sentence(),
                    "Later: gpushare mode restore --runtime kubernetes --kubernetes node=" + change.node(),
                    why);
            both.addSuppressed(stays);
            return both;
        }
    }

    /** Ctrl-C, which comes once, is no reason to leave it half done. */
    private static NodeUndo.Outcome undoUnhurried(Cluster cluster, NodeChange change) throws InterruptedException {
        try {
            return NodeUndo.of(cluster, change);
        } catch (InterruptedException _) {
            return NodeUndo.of(cluster, change);
        }
    }

    /** What a killed gpushare was about, whose lock this has now: what comes next begins with what was before that. */
    private void finishInterrupted(Cluster cluster, NodeWait wait) throws InterruptedException {
        Optional<NodeChange> change =
                journal.find(Lifetime.TEMPORARY, cluster.server(), wait.node().name());
        if (change.isEmpty()) {
            return;
        }
        List<String> left = NodeUndo.of(cluster, change.get()).left();
        journal.remove(Lifetime.TEMPORARY, change.get());
        note.accept("put back what `" + change.get().purpose() + "` was interrupted in");
        left.forEach(note);
        if (left.isEmpty()) {
            back(wait, change.get().advertised());
        }
    }

    /**
     * @param done sentences
     * @param left what somebody else has changed since, in sentences
     * @param after empty where the node is gone
     */
    public record Restored(String node, List<String> done, List<String> left, Optional<Advertised> after) {
        public Restored {
            done = List.copyOf(done);
            left = List.copyOf(left);
        }
    }

    /**
     * Undoes what was applied from this machine, and waits until the node advertises again what it did.
     *
     * @return empty where there is nothing to undo
     * @throws GpushareException when several nodes could be meant, or the node does not come to advertise it
     */
    @SuppressWarnings("try")
    public Optional<Restored> restore(PluginPlace place) throws InterruptedException {
        Optional<NodeChange> any = known(place);
        if (any.isEmpty()) {
            return Optional.empty();
        }
        NodeChange one = any.get();
        try (Cluster cluster = open(one);
                NodeChanges.Lock _ = journal.lock(one.server(), one.node())) {
            List<String> done = new ArrayList<>();
            List<String> left = new ArrayList<>();
            SortedMap<String, Long> before = one.advertised();
            for (Lifetime lifetime : Lifetime.values()) {
                Optional<NodeChange> change = journal.find(lifetime, one.server(), one.node());
                if (change.isPresent()) {
                    before = change.get().advertised();
                    NodeUndo.Outcome undone = NodeUndo.of(cluster, change.get());
                    done.addAll(undone.done());
                    left.addAll(undone.left());
                    journal.remove(lifetime, change.get());
                }
            }
            PluginNode node = new PluginNode(cluster, one.node(), one.configMap());
            Optional<Advertised> now = node.look();
            return Optional.of(new Restored(
                    one.node(),
                    done,
                    left,
                    // What others have made of it advertises what they want.
                    now.isEmpty() || !left.isEmpty()
                            ? now
                            : Optional.of(back(new NodeWait(node, place.patience(), time, note), before))));
        }
    }

    /** Undoes what a killed gpushare was about, and waits for nothing. */
    @SuppressWarnings("try")
    void undoInterrupted(NodeChange change) throws InterruptedException {
        try (Cluster cluster = open(change);
                NodeChanges.Lock _ = journal.lock(change.server(), change.node())) {
            NodeUndo.of(cluster, change);
            journal.remove(Lifetime.TEMPORARY, change);
        }
    }

    private Advertised back(NodeWait wait, SortedMap<String, Long> before) throws InterruptedException {
        Advertised earlier = Advertised.of(before, Map.of());
        Optional<Advertised> reached = wait.until(now -> now.resources().equals(before), _ -> earlier.words());
        if (reached.isPresent()) {
            return reached.get();
        }
        PluginNode node = wait.node();
        throw new GpushareException(
                ExitStatus.FAILED,
                "the label and the ConfigMap are as before, but the node " + node.name() + " advertises "
                        + node.look().orElseThrow(node::gone).words() + " and not " + earlier.words(),
                "kubectl get pods -A --field-selector spec.nodeName=" + node.name()
                        + " tells whether its device plugin works.");
    }

    private Optional<NodeChange> known(PluginPlace place) {
        Map<String, NodeChange> known = new HashMap<>();
        for (Lifetime lifetime : Lifetime.values()) {
            for (NodeChange change : journal.all(lifetime)) {
                if (place.node().orElse(change.node()).equals(change.node())
                        && place.context().orElse(change.context()).equals(change.context())) {
                    known.put(change.server() + " " + change.node(), change);
                }
            }
        }
        if (known.size() > 1) {
            throw new GpushareException(
                    ExitStatus.USAGE,
                    "several nodes were set up from here: "
                            + String.join(
                                    ", ",
                                    known.values().stream()
                                            .map(NodeChange::node)
                                            .sorted()
                                            .toList()),
                    "Choose one with --kubernetes node=NAME, and context=NAME.");
        }
        return known.values().stream().findFirst();
    }

    private Cluster open(NodeChange change) {
        Cluster cluster =
                opener.apply(Optional.of(change.context()).filter(name -> !name.isEmpty()), change.namespace());
        if (!cluster.server().equals(change.server())) {
            String server = cluster.server();
            cluster.close();
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "the node " + change.node() + " is one of the cluster " + change.server()
                            + ", and Kubernetes is configured for " + server + " now",
                    "Set KUBECONFIG as it was then.");
        }
        return cluster;
    }

    /**
     * @param configurations of the plugin's ConfigMap, by their names; empty where there is no such ConfigMap
     * @param changedBy who has changed it from here, as a command line
     * @param interrupted whether that did not come to its end
     */
    public record Shown(
            String node,
            Advertised now,
            Optional<List<String>> configurations,
            Optional<String> changedBy,
            boolean interrupted) {}

    /** The node that is meant, or all with GPUs. */
    public List<Shown> show(PluginPlace place) throws InterruptedException {
        try (Cluster cluster = opener.apply(place.context(), place.namespace())) {
            List<Shown> all = new ArrayList<>();
            List<String> names =
                    place.node().isPresent() ? List.of(place.node().get()) : PluginNode.names(cluster, place);
            for (String name : names) {
                PluginNode node = new PluginNode(cluster, name, place.configMap());
                Optional<NodeChange> interrupted = journal.find(Lifetime.TEMPORARY, cluster.server(), name);
                all.add(new Shown(
                        name,
                        node.look().orElseThrow(node::gone),
                        node.configurations()
                                .map(keys -> keys.keySet().stream().sorted().toList()),
                        interrupted
                                .or(() -> journal.find(Lifetime.LASTING, cluster.server(), name))
                                .map(NodeChange::purpose),
                        interrupted.isPresent()));
            }
            return all;
        }
    }
}
