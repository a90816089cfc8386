package io.gpushare.study;

import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.answer.LoadAnswers;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.Arms;
import io.gpushare.study.arm.LoadStudy;
import io.gpushare.study.arm.LoadStudy.Level;
import io.gpushare.study.arm.LoadStudy.Way;
import io.gpushare.study.metric.OfferedLoad;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sets runs of a server beside each other that were asked as much in all, whatever the number of replicas. Mixes tell
 * these apart, because a replica of several is asked less.
 */
final class LoadStudies {
    private final Arms arms;
    private final StudyOptions options;

    private LoadStudies(Arms arms, StudyOptions options) {
        this.arms = arms;
        this.options = options;
    }

    private record Server(String name, String shape, boolean open) implements Comparable<Server> {
        private static final Comparator<Server> ORDER =
                Comparator.comparing(Server::name).thenComparing(Server::open).thenComparing(Server::shape);

        @Override
        public int compareTo(Server other) {
            return ORDER.compare(this, other);
        }
    }

    static List<LoadStudy> of(List<StoredRun> counting, Arms arms, StudyOptions options) {
        Map<Server, Map<Double, Map<Integer, List<StoredRun>>>> servers = new TreeMap<>();
        for (StoredRun run : counting) {
            load(run)
                    .ifPresent(load -> servers.computeIfAbsent(
                                    new Server(load.server(), load.shape(), load.open()), _ -> new TreeMap<>())
                            .computeIfAbsent(load.total(), _ -> new TreeMap<>())
                            .computeIfAbsent(load.replicas(), _ -> new ArrayList<>())
                            .add(run));
        }
        LoadStudies studies = new LoadStudies(arms, options);
        List<LoadStudy> found = new ArrayList<>();
        servers.forEach((server, totals) -> {
            List<Level> levels = new ArrayList<>();
            totals.forEach((total, byReplicas) -> studies.addLevel(total, byReplicas, levels));
            if (!levels.isEmpty()) {
                found.add(new LoadStudy(server.name(), server.shape(), server.open(), levels));
            }
        });
        return found;
    }

    /** With as many replicas each, mixes compare them already. */
    private void addLevel(double total, Map<Integer, List<StoredRun>> byReplicas, List<Level> levels) {
        if (byReplicas.size() < 2) {
            return;
        }
        List<Way> ways = new ArrayList<>();
        byReplicas.forEach((replicas, runs) -> ways.addAll(ways(replicas, runs)));
        OfferedLoad any = load(byReplicas.values().iterator().next().getFirst()).orElseThrow();
        Level bare = new Level(total, any.words(), ways, List.of());
        levels.add(new Level(total, bare.words(), ways, LoadAnswers.of(bare, any.open(), options)));
    }

    private List<Way> ways(int replicas, List<StoredRun> runs) {
        return arms.of(runs).stream()
                .map(arm -> new Way(
                        replicas,
                        called(arm, arm.name() + " with " + Amount.of(replicas, "replica")),
                        arm.runs().stream()
                                .anyMatch(run -> load(run).orElseThrow().fellBehind())))
                .toList();
    }

    private static Optional<OfferedLoad> load(StoredRun run) {
        return OfferedLoad.of(run.result());
    }

    private static Arm called(Arm arm, String name) {
        return new Arm(arm.key(), name, arm.runs(), arm.leftOut(), arm.estimates(), arm.latencies());
    }
}
