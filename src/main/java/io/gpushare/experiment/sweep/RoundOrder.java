package io.gpushare.experiment.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * In which order a round runs its cells: drawn anew for each round, so that what changes with time, as heat does, falls
 * on all alike. A baseline comes before the first cell that needs it.
 */
final class RoundOrder {
    private RoundOrder() {}

    /** @param seed the same one gives the same orders */
    static List<SweepCell> of(SweepMatrix matrix, long seed, int round) {
        List<SweepCell> drawn = new ArrayList<>(matrix.runs());
        Collections.shuffle(drawn, Random.from(new SplittableRandom(seedOf(seed, round))));
        List<SweepCell> ordered = new ArrayList<>();
        for (SweepCell cell : drawn) {
            for (String needed : cell.baselines()) {
                drawn.stream()
                        .filter(baseline -> baseline.name().equals(needed) && !ordered.contains(baseline))
                        .forEach(ordered::add);
            }
            if (!ordered.contains(cell)) {
                ordered.add(cell);
            }
        }
        return ordered;
    }

    /** Neighbouring rounds must not have neighbouring seeds: their orders would resemble each other. */
    private static long seedOf(long seed, int round) {
        SplittableRandom seeds = new SplittableRandom(seed);
        long drawn = seeds.nextLong();
        for (int next = 1; next < round; next++) {
            drawn = seeds.nextLong();
        }
        return drawn;
    }
}
