package io.gpushare.runtime.slurm;

import io.gpushare.time.Time;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Looks on the nodes whether tenants still live there. When a slurmstepd dies, its srun waits for ever and Slurm shows
 * the step as running; only the node knows that its process is gone.
 */
final class StepWatch {
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final Time time;
    private final Supplier<Set<SlurmTenant>> running;
    private final Set<SlurmTenant> goneBefore = new HashSet<>();
    private volatile boolean over;

    StepWatch(Time time, Supplier<Set<SlurmTenant>> running) {
        this.time = time;
        this.running = running;
    }

    void start() {
        time.start("watch of Slurm's steps", () -> {
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
        Map<String, Map<Integer, SlurmTenant>> byNode = new TreeMap<>();
        for (SlurmTenant tenant : running.get()) {
            tenant.pid()
                    .ifPresent(pid -> byNode.computeIfAbsent(tenant.helper().node(), _ -> new TreeMap<>())
                            .put(pid, tenant));
        }
        Set<SlurmTenant> goneNow = new HashSet<>();
        for (Map<Integer, SlurmTenant> onNode : byNode.values()) {
            NodeHelper helper = onNode.values().iterator().next().helper();
            Optional<List<Integer>> gone = helper.gone(onNode.keySet());
            if (over) {
                return;
            }
            onNode.forEach((pid, tenant) -> {
                if (gone.isEmpty()) {
                    lose(tenant, "its node " + helper.node() + " does not answer any more");
                } else if (gone.get().contains(pid)) {
                    goneNow.add(tenant);
                }
            });
        }
        // Of one that ended well its srun tells within moments.
        goneNow.stream()
                .filter(goneBefore::contains)
                .forEach(tenant -> lose(
                        tenant,
                        "its process on the node " + tenant.helper().node() + " is gone, and Slurm has not noticed"));
        goneBefore.clear();
        goneBefore.addAll(goneNow);
    }

    private static void lose(SlurmTenant tenant, String why) {
        if (!tenant.exit().isDone()) {
            tenant.lose(why);
        }
    }

    void stop() {
        over = true;
    }
}
