package io.gpushare.load.scenario;

/**
 * LoadGen's criterion of early stopping: whether the queries are enough to be 99 % sure of a percentile.
 *
 * @param queries that were answered
 * @param over of these, the queries above the bound; where latency itself is the result, those above the estimate
 * @param needed queries for so many above it
 */
public record EarlyStop(long queries, long over, long needed) {
    public boolean met() {
        return queries >= needed;
    }
}
