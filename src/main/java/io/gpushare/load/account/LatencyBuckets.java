package io.gpushare.load.account;

import io.gpushare.analysis.LatencyCounts;
import java.util.HashMap;
import java.util.Map;

/** {@link LatencyCounts} while they come in. */
final class LatencyBuckets {
    private final Map<Integer, Long> counts = new HashMap<>();

    void add(long nanos) {
        counts.merge(LatencyCounts.bucketOf(nanos), 1L, Long::sum);
    }

    LatencyCounts counts() {
        return LatencyCounts.of(counts);
    }
}
