package io.gpushare.runtime.served;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.workload.protocol.WorkedWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was answered, second by second from the common start on. An answer counts in the second in which it ends, a
 * token in that in which it comes. What is told too late for its window counts in the next. From many threads.
 */
final class ServedWindows {
    private static final long SECOND_NANOS = 1_000_000_000;

    /** A shorter rest is not worth a window. */
    private static final long LEAST_REST_NANOS = SECOND_NANOS / 10;

    private final long startNanos;
    private final boolean countsTokens;
    private final Map<Integer, Counts> open = new HashMap<>();
    private int next;
    private double totalUnits;
    private long totalSteps;

    private static final class Counts {
        private final Map<Integer, Long> latency = new TreeMap<>();
        private long answers;
        private long tokens;
    }

    /** @param countsTokens whether the work is tokens, and not answers */
    ServedWindows(long startNanos, boolean countsTokens) {
        this.startNanos = startNanos;
        this.countsTokens = countsTokens;
    }

    synchronized void answered(long atNanos, long latencyNanos) {
        Counts counts = at(atNanos);
        counts.answers++;
        counts.latency.merge(LatencyCounts.bucketOf(latencyNanos), 1L, Long::sum);
    }

    synchronized void token(long atNanos) {
        at(atNanos).tokens++;
    }

    private Counts at(long nanos) {
        int second = (int) Math.max(next, (nanos - startNanos) / SECOND_NANOS);
        return open.computeIfAbsent(second, _ -> new Counts());
    }

    /** When the next window can be told. */
    synchronized long nextEndNanos() {
        return startNanos + (next + 1) * SECOND_NANOS;
    }

    /** Those that are over by then. */
    synchronized List<WorkedWindow> takeUntil(long nanos) {
        List<WorkedWindow> over = new ArrayList<>();
        while (startNanos + (next + 1) * SECOND_NANOS <= nanos) {
            over.add(close((next + 1) * SECOND_NANOS));
        }
        return over;
    }

    /** What came after the last of them, if that is worth a window; nothing may follow. */
    synchronized Optional<WorkedWindow> rest(long nanos) {
        long until = nanos - startNanos;
        return until - next * SECOND_NANOS >= LEAST_REST_NANOS ? Optional.of(close(until)) : Optional.empty();
    }

    private WorkedWindow close(long untilNanos) {
        Counts counts = open.remove(next);
        if (counts == null) {
            counts = new Counts();
        }
        long units = countsTokens ? counts.tokens : counts.answers;
        totalUnits += units;
        totalSteps += counts.answers;
        return new WorkedWindow(next, next++ * SECOND_NANOS, untilNanos, units, counts.answers, counts.latency);
    }

    /** Of all windows that were told. */
    synchronized double totalUnits() {
        return totalUnits;
    }

    synchronized long totalSteps() {
        return totalSteps;
    }
}
