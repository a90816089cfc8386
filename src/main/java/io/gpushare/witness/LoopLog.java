package io.gpushare.witness;

import io.gpushare.analysis.CoreLoops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Loops as they were timed, in order. One thread adds, and any may read. */
final class LoopLog {
    private static final int FIRST_ROOM = 256;

    private long[] atNanos = new long[FIRST_ROOM];
    private long[] tookNanos = new long[FIRST_ROOM];
    private int[] cpus = new int[FIRST_ROOM];
    private int size;

    synchronized void add(long at, long took, int cpu) {
        if (size == atNanos.length) {
            atNanos = Arrays.copyOf(atNanos, 2 * size);
            tookNanos = Arrays.copyOf(tookNanos, 2 * size);
            cpus = Arrays.copyOf(cpus, 2 * size);
        }
        atNanos[size] = at;
        tookNanos[size] = took;
        cpus[size++] = cpu;
    }

    synchronized List<Long> nanos() {
        return Arrays.stream(tookNanos, 0, size).boxed().toList();
    }

    /** Those that ended in that time; empty where none did. */
    synchronized Optional<CoreLoops> between(long fromNanos, long untilNanos) {
        List<Long> took = new ArrayList<>();
        int cpu = 0;
        for (int i = 0; i < size; i++) {
            if (atNanos[i] - fromNanos >= 0 && atNanos[i] - untilNanos < 0) {
                took.add(tookNanos[i]);
                cpu = cpus[i];
            }
        }
        return took.isEmpty() ? Optional.empty() : Optional.of(new CoreLoops(OptionalInt.of(cpu), took, true));
    }
}
