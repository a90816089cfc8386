package io.gpushare.runtime.kubernetes;

import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.LeftoverSource;
import io.gpushare.runtime.kubernetes.NodeChanges.Lifetime;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Nodes whose mode a gpushare was changing that was killed. No cluster is asked before one is put back. */
public final class KubernetesModeLeftovers implements LeftoverSource {
    private static final String KIND = "Kubernetes mode";

    private final NodeChanges journal;
    private final Supplier<PluginModes> modes;

    /** @param state folder in which gpushare remembers what it has changed */
    public KubernetesModeLeftovers(Path state, Time time) {
        this(state, () -> new PluginModes(state, time, _ -> {}));
    }

    KubernetesModeLeftovers(Path state, Supplier<PluginModes> modes) {
        this.journal = new NodeChanges(state);
        this.modes = modes;
    }

    @Override
    public String what() {
        return "modes of nodes";
    }

    @Override
    public List<Leftover> find() {
        return journal.all(Lifetime.TEMPORARY).stream()
                .map(change -> new Leftover(
                        KIND,
                        id(change),
                        "of the node " + change.node(),
                        change.purpose(),
                        change.mark().seenFromHere()))
                .toList();
    }

    private static String id(NodeChange change) {
        return change.server() + "\n" + change.node();
    }

    @Override
    public void remove(Leftover leftover) throws InterruptedException {
        for (NodeChange change : journal.all(Lifetime.TEMPORARY)) {
            if (id(change).equals(leftover.id())) {
                modes.get().undoInterrupted(change);
            }
        }
    }
}
