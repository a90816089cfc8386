package io.gpushare.load.bound;

import io.gpushare.analysis.LatencyBound;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.load.account.LoadMetric;
import io.gpushare.load.account.LoadSummary;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A limit on a quantity: {@code p99<10ms}.
 *
 * @param text as it was given
 * @param limit in the quantity's own unit
 */
public record Bound(String text, Quantity quantity, Side side, double limit) {

    /** On which side of the limit the quantity lies when the bound is true. */
    public enum Side {
        BELOW,
        ABOVE
    }

    /** How a bound that is to be kept fared. */
    public enum Kept {
        KEPT,
        /** By too few requests to be sure of the percentile. */
        KEPT_BY_FEW,
        MISSED
    }

    /** Whether it is true of what was measured; not of what nothing was seen. */
    public boolean isTrue(LoadSummary summary) {
        OptionalDouble value = quantity.in(summary);
        return value.isPresent()
                && switch (side) {
                    case BELOW -> value.getAsDouble() < limit;
                    case ABOVE -> value.getAsDouble() > limit;
                };
    }

    public boolean isKnown(LoadSummary summary) {
        return quantity.in(summary).isPresent();
    }

    /**
     * Whether it is kept. A percentile of the request latency is judged as LoadGen does it, and requests that failed or
     * were dropped count as over it.
     */
    public Kept judge(LoadSummary summary) {
        if (quantity instanceof Quantity.Latency(LoadMetric metric, Quantity.Statistic statistic)
                && metric == LoadMetric.REQUEST_LATENCY
                && side == Side.BELOW
                && statistic.percentile().isPresent()) {
            long lost = summary.errors() + summary.dropped();
            LatencyCounts all = lost == 0
                    ? summary.latencies()
                    : summary.latencies().plus(LatencyCounts.of(Map.of(LatencyCounts.LAST_BUCKET, lost)));
            return all.count() == 0
                    ? Kept.MISSED
                    : kept(LatencyBound.judge(all, statistic.percentile().getAsDouble(), limit / 1e6));
        }
        return isTrue(summary) ? Kept.KEPT : Kept.MISSED;
    }

    private static Kept kept(LatencyBound judged) {
        return switch (judged) {
            case LatencyBound.Met _ -> Kept.KEPT;
            case LatencyBound.TooFew _ -> Kept.KEPT_BY_FEW;
            case LatencyBound.Broken _ -> Kept.MISSED;
        };
    }
}
