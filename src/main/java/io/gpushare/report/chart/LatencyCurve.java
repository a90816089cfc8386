package io.gpushare.report.chart;

import io.gpushare.analysis.EarlyStopping;
import io.gpushare.analysis.LatencyCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Latency over percentile, up to the highest percentile that so many latencies support (the early-stopping count), and
 * at most one in a thousand.
 *
 * @param points x is a share, y in milliseconds; both ascend
 */
record LatencyCurve(List<Panel.Point> points) {
    static final double HIGHEST = 0.999;
    private static final double LEAST = 0.5;

    /** The few that are fastest of all would stretch the axis, and nobody asks for them. */
    private static final double FASTEST = 0.005;

    private static final double NANOS_PER_MS = 1e6;

    /** Without points where not even the median is supported. */
    static LatencyCurve of(LatencyCounts latencies) {
        long count = latencies.count();
        if (count == 0 || !EarlyStopping.isValidated(LEAST, count)) {
            return new LatencyCurve(List.of());
        }
        double highest = highest(count);
        List<Panel.Point> points = new ArrayList<>();
        long seen = 0;
        for (Map.Entry<Integer, Long> bucket : latencies.counts().entrySet()) {
            double ms = milliseconds(bucket.getKey());
            double before = (double) seen / count;
            seen += bucket.getValue();
            double share = (double) seen / count;
            if (share < FASTEST) {
                continue;
            }
            points.add(new Panel.Point(before, ms));
            points.add(new Panel.Point(Math.min(share, highest), ms));
            if (share >= highest) {
                break;
            }
        }
        return new LatencyCurve(List.copyOf(points));
    }

    Panel.Point end() {
        return points.getLast();
    }

    /** To within a millionth. */
    private static double highest(long count) {
        if (EarlyStopping.isValidated(HIGHEST, count)) {
            return HIGHEST;
        }
        double supported = LEAST;
        double unsupported = HIGHEST;
        while (unsupported - supported > 1e-6) {
            double middle = (supported + unsupported) / 2;
            if (EarlyStopping.isValidated(middle, count)) {
                supported = middle;
            } else {
                unsupported = middle;
            }
        }
        return supported;
    }

    /** Equally far, in relation, from both borders of the bucket. */
    private static double milliseconds(int bucket) {
        double nanos = bucket == 0 ? 1 : 2 * Math.pow(LatencyCounts.GAMMA, bucket) / (LatencyCounts.GAMMA + 1);
        return nanos / NANOS_PER_MS;
    }
}
