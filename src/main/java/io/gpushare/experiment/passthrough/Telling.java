package io.gpushare.experiment.passthrough;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * How well the load of one GPU is told, in states that were held back.
 *
 * @param counts of states, by what the load was and then by what was told
 * @param error of the load that is told, as the root of its mean square, where a full load is 1
 * @param chance how often sensors that know nothing would tell as well
 */
public record Telling(Map<Load, Map<Load, Integer>> counts, double error, double chance) {
    /** For all GPUs together: of a hundred hosts whose sensors know nothing, one at most is believed. */
    private static final double BELIEVED = 0.01;

    private static final double SURE = 0.9;

    public Telling {
        counts = new EnumMap<>(counts);
    }

    /** What may be said. */
    public enum Verdict {
        TELLS,
        /** Better than chance, and often wrong. */
        HINTS,
        CANNOT_TELL
    }

    /** @param gpus of which as much is asked: each of them may be believed by chance */
    public Verdict verdict(int gpus) {
        if (chance * gpus > BELIEVED) {
            return Verdict.CANNOT_TELL;
        }
        return rightShare() >= SURE ? Verdict.TELLS : Verdict.HINTS;
    }

    public int states() {
        return counts.values().stream().mapToInt(Telling::sum).sum();
    }

    public int of(Load was, Load told) {
        return counts.getOrDefault(was, Map.of()).getOrDefault(told, 0);
    }

    public int right() {
        return Arrays.stream(Load.values()).mapToInt(load -> of(load, load)).sum();
    }

    public double rightShare() {
        return (double) right() / states();
    }

    /** In how many it was right whether the GPU works at all. */
    public int rightWhetherItWorks() {
        int right = 0;
        for (Load was : Load.values()) {
            for (Load told : Load.values()) {
                right += was.works() == told.works() ? of(was, told) : 0;
            }
        }
        return right;
    }

    /** Who always says the most frequent load is right as often. */
    public double guessedShare() {
        return counts.values().stream().mapToInt(Telling::sum).max().orElse(0) / (double) states();
    }

    private static int sum(Map<Load, Integer> told) {
        return told.values().stream().mapToInt(Integer::intValue).sum();
    }
}
