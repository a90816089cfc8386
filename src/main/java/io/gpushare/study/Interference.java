package io.gpushare.study;

import io.gpushare.study.InterferenceMatrix.Cell;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.MixStudy.VariantCount;
import io.gpushare.study.metric.Metrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes the matrices of the runs of two tenants. */
final class Interference {
    /** One pair is a comparison already, and no matrix. */
    private static final int LEAST_PAIRS = 2;

    private Interference() {}

    private record Pair(String victim, String neighbour) {}

    static List<InterferenceMatrix> of(List<Family> families) {
        Map<ArmKey, Map<Pair, Cell>> byArm = new TreeMap<>();
        Map<ArmKey, String> names = new HashMap<>();
        for (Family family : families) {
            for (MixStudy mix : family.mixes()) {
                if (mix.tenants() == 2 && !besideOthers(mix)) {
                    for (Arm arm : mix.arms()) {
                        // The settings of a single tenant make a pair of its own kind.
                        if (!arm.key().tenantsDiffer() && arm.key().mode().concurrent()) {
                            names.put(arm.key(), arm.name());
                            cells(mix, arm)
                                    .forEach((pair, cell) -> byArm.computeIfAbsent(arm.key(), _ -> new HashMap<>())
                                            .put(pair, cell));
                        }
                    }
                }
            }
        }
        List<InterferenceMatrix> matrices = new ArrayList<>();
        byArm.forEach((key, cells) -> {
            if (pairs(cells) >= LEAST_PAIRS) {
                matrices.add(matrix(key, names.getOrDefault(key, key.label()), cells));
            }
        });
        return matrices;
    }

    /** Whoever was only watched slowed both. */
    private static boolean besideOthers(MixStudy mix) {
        return mix.arms().stream()
                .flatMap(arm -> arm.runs().stream())
                .anyMatch(run -> !run.result().neighbours().isEmpty());
    }

    private static Map<Pair, Cell> cells(MixStudy mix, Arm arm) {
        List<VariantCount> counts = mix.counts();
        Map<Pair, Cell> cells = new HashMap<>();
        for (int i = 0; i < counts.size(); i++) {
            String victim = counts.get(i).variant();
            String neighbour = counts.get(counts.size() - 1 - i).variant();
            arm.estimate(Metrics.SLOWDOWN.of(victim))
                    .ifPresent(slowdown ->
                            cells.put(new Pair(victim, neighbour), new Cell(slowdown.mean(), slowdown.n())));
        }
        return cells;
    }

    private static long pairs(Map<Pair, Cell> cells) {
        return cells.keySet().stream()
                .map(pair -> Stream.of(pair.victim(), pair.neighbour()).sorted().toList())
                .distinct()
                .count();
    }

    private static InterferenceMatrix matrix(ArmKey key, String name, Map<Pair, Cell> cells) {
        List<String> variants = List.copyOf(
                new TreeSet<>(cells.keySet().stream().map(Pair::victim).toList()));
        List<List<Optional<Cell>>> rows = variants.stream()
                .map(victim -> variants.stream()
                        .map(neighbour -> Optional.ofNullable(cells.get(new Pair(victim, neighbour))))
                        .toList())
                .toList();
        return new InterferenceMatrix(key, name, variants, rows);
    }
}
