package io.gpushare.runtime.elsewhere;

import io.gpushare.time.Time;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Looks on the nodes whether tenants still live there: a launcher may wait for ever for a program that is gone, as
 * Slurm's does when a slurmstepd dies, or for a node that does not answer.
 */
public final class ProcessWatch {
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final Time time;
    private final String launcher;
    private final Supplier<Set<? extends Watched>> running;
    private final Set<Watched> goneBefore = new HashSet<>();
    private volatile boolean over;

    /** A tenant somewhere. */
    public interface Watched {
        NodeHelper helper();

        /** On its node; empty before it runs there, and when its end is known. */
        OptionalInt pid();

        /** @param why nothing more will be heard of it, a part of a sentence */
        void lose(String why);
    }

    /** @param launcher that should have noticed, as in {@code Slurm} */
    public ProcessWatch(Time time, String launcher, Supplier<Set<? extends Watched>> running) {
        this.time = time;
        this.launcher = launcher;
        this.running = running;
    }

    public void start() {
        time.start("watch of tenants through " + launcher, () -> {
            while (!over && !Thread.currentThread().isInterrupted()) {
                time.pause(PERIOD);
                try {
                    look();
                } catch (InterruptedException ending) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    private void look() throws InterruptedException {
        Map<NodeHelper, Map<Integer, Watched>> byHelper = new LinkedHashMap<>();
        for (Watched tenant : running.get()) {
            tenant.pid()
                    .ifPresent(pid -> byHelper.computeIfAbsent(tenant.helper(), _ -> new TreeMap<>())
                            .put(pid, tenant));
        }
        Set<Watched> goneNow = new HashSet<>();
        for (Map.Entry<NodeHelper, Map<Integer, Watched>> group : byHelper.entrySet()) {
            NodeHelper helper = group.getKey();
            Map<Integer, Watched> onNode = group.getValue();
            Optional<List<Integer>> gone = helper.gone(onNode.keySet());
            if (over) {
                return;
            }
            onNode.forEach((pid, tenant) -> {
                if (gone.isEmpty()) {
                    tenant.lose("its node " + helper.node() + " does not answer any more");
                } else if (gone.get().contains(pid)) {
                    goneNow.add(tenant);
                }
            });
        }
        // Of one that ended well its launcher tells within moments.
        goneNow.stream()
                .filter(goneBefore::contains)
                .forEach(tenant -> tenant.lose("its process on the node "
                        + tenant.helper().node() + " is gone, and " + launcher + " has not noticed"));
        goneBefore.clear();
        goneBefore.addAll(goneNow);
    }

    public void stop() {
        over = true;
    }
}
