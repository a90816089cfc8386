package io.gpushare.load.account;

import io.gpushare.analysis.Estimate;
import io.gpushare.analysis.LatencyCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The measurement in equal parts, however long it was meant to be: what rates and percentiles know of their error. One
 * that goes on has more of them.
 */
final class MeasuredWindows {
    private static final int PARTS = 30;

    private final long fromNanos;
    private final long partNanos;
    private final List<Counted> parts = new ArrayList<>();

    private static final class Counted {
        private final Map<Integer, Long> latencies = new HashMap<>();
        private double completed;
        private double tokens;
    }

    MeasuredWindows(long fromNanos, long toNanos) {
        this.fromNanos = fromNanos;
        this.partNanos = Math.max(1, (toNanos - fromNanos) / PARTS);
    }

    /** An answer that ended then. */
    void completed(long nanos) {
        part(nanos).completed++;
    }

    void token(long nanos) {
        part(nanos).tokens++;
    }

    /** A request that was meant to be sent then. */
    void latency(long intendedNanos, long nanos) {
        part(intendedNanos).latencies.merge(LatencyCounts.bucketOf(nanos), 1L, Long::sum);
    }

    private Counted part(long nanos) {
        int number = Math.toIntExact((nanos - fromNanos) / partNanos);
        addUpTo(number);
        return parts.get(number);
    }

    private void addUpTo(int number) {
        while (parts.size() <= number) {
            parts.add(new Counted());
        }
    }

    /** Of those parts that are over by then, in what a second brings. */
    Optional<Estimate> completedPerSecond(long endNanos) {
        return perSecond(part -> part.completed, endNanos);
    }

    Optional<Estimate> tokensPerSecond(long endNanos) {
        return perSecond(part -> part.tokens, endNanos);
    }

    private Optional<Estimate> perSecond(ToDoubleFunction<Counted> count, long endNanos) {
        List<Counted> whole = whole(endNanos);
        double[] seconds = new double[whole.size()];
        Arrays.fill(seconds, partNanos / 1e9);
        return Estimate.ofRatio(whole.stream().mapToDouble(count).toArray(), seconds);
    }

    List<LatencyCounts> latencies(long endNanos) {
        return whole(endNanos).stream()
                .map(part -> LatencyCounts.of(part.latencies))
                .toList();
    }

    private List<Counted> whole(long endNanos) {
        int count = Math.toIntExact(Math.max(0, (endNanos - fromNanos) / partNanos));
        addUpTo(count - 1);
        return parts.subList(0, count);
    }
}
