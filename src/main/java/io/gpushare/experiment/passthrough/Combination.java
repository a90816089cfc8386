package io.gpushare.experiment.passthrough;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What each GPU of the host has to do, in their order. */
public record Combination(List<Load> loads) {
    private static final List<Load> ALL_LOADS = List.of(Load.values());

    public Combination {
        loads = List.copyOf(loads);
    }

    static Combination idle(int gpus) {
        return new Combination(Collections.nCopies(gpus, Load.IDLE));
    }

    /** As {@code idle-full-half}. */
    public String name() {
        return loads.stream().map(Load::toString).collect(Collectors.joining("-"));
    }

    /** Whether no GPU works. */
    public boolean rests() {
        return loads.stream().noneMatch(Load::works);
    }

    double[] shares() {
        return loads.stream().mapToDouble(Load::share).toArray();
    }

    /** How many there are in all. */
    public static long count(int gpus) {
        return Math.round(Math.pow(ALL_LOADS.size(), gpus));
    }

    /**
     * All of them, or as many as are wanted, drawn by the seed: then that without any load is among them.
     *
     * @param gpus up to 16
     */
    static List<Combination> of(int gpus, int most, long seed) {
        long count = count(gpus);
        TreeSet<Long> numbers = new TreeSet<>();
        if (count <= most) {
            for (long number = 0; number < count; number++) {
                numbers.add(number);
            }
        } else {
            numbers.add(0L);
            SplittableRandom random = new SplittableRandom(seed);
            while (numbers.size() < most) {
                numbers.add(random.nextLong(count));
            }
        }
        return numbers.stream().map(number -> numbered(gpus, number)).toList();
    }

    private static Combination numbered(int gpus, long number) {
        List<Load> loads = new ArrayList<>();
        long rest = number;
        for (int gpu = 0; gpu < gpus; gpu++) {
            loads.add(ALL_LOADS.get((int) (rest % ALL_LOADS.size())));
            rest /= ALL_LOADS.size();
        }
        return new Combination(loads.reversed());
    }
}
