package io.gpushare.load.account;

import io.gpushare.analysis.Estimate;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.analysis.PercentileInterval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a measurement came to. Latencies are those of requests that were answered.
 *
 * @param seconds that were measured
 * @param scheduled requests that were meant to be sent in that time, of an open loop; those sent, of a closed one
 * @param dropped of these, not sent because too many were under way
 * @param endings of the others
 * @param statuses of HTTP, with how many there were
 * @param completedWithin answers that ended in that time, whenever their request began
 * @param good answers that kept the goal
 * @param tokens of answers, by the events of their streams; {@code tokensWithin} those that came in that time
 * @param statedTokens what servers said themselves; empty where none said it
 * @param latencyWindows the measurement in equal parts
 */
public record LoadSummary(
        double seconds,
        long scheduled,
        long dropped,
        Map<Ending, Long> endings,
        Map<Integer, Long> statuses,
        long completedWithin,
        Optional<Estimate> throughput,
        long good,
        boolean hasGoal,
        long receivedBytes,
        long tokens,
        long tokensWithin,
        Optional<Estimate> tokenThroughput,
        OptionalLong statedTokens,
        Map<LoadMetric, Distribution> distributions,
        List<LatencyCounts> latencyWindows,
        List<Kind> kinds) {

    /** Of one kind of the mix. */
    public record Kind(long ended, long failed, Optional<Distribution> latencies) {}

    /** A load generator that is later than this measures itself. */
    private static final double LATE_MS = 5;

    /** Where its lateness is less of the latency, it does not matter. */
    private static final double LATE_SHARE = 0.05;

    /** Whether the load generator was so late itself that it shows, by the 99th percentiles. */
    public static boolean latenessMatters(double latenessMs, double latencyMs) {
        return latenessMs > LATE_MS && latenessMs > LATE_SHARE * latencyMs;
    }

    public LoadSummary {
        endings = new TreeMap<>(endings);
        statuses = new TreeMap<>(statuses);
        distributions = new TreeMap<>(distributions);
        latencyWindows = List.copyOf(latencyWindows);
        kinds = List.copyOf(kinds);
    }

    public long count(Ending ending) {
        return endings.getOrDefault(ending, 0L);
    }

    public long done() {
        return count(Ending.DONE);
    }

    /** That ended, well or not; those that were cut off did not. */
    public long ended() {
        return done() + errors();
    }

    public long errors() {
        return endings.entrySet().stream()
                .filter(entry -> entry.getKey().isError())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Errors and drops, of all that ended or were dropped; 0 where nothing did. */
    public double errorRate() {
        long all = ended() + dropped;
        return all == 0 ? 0 : (double) (errors() + dropped) / all;
    }

    /** Answers a second. */
    public double requestThroughput() {
        return perSecond(completedWithin);
    }

    /** Requests a second that were sent, of those that were meant to be. */
    public double sentRate() {
        return perSecond(scheduled - dropped);
    }

    public double scheduledRate() {
        return perSecond(scheduled);
    }

    public double outputTokenThroughput() {
        return perSecond(tokensWithin);
    }

    /** Good answers a second. */
    public double goodput() {
        return perSecond(good);
    }

    /** Of all that ended or were dropped, the share that was good. */
    public double goodShare() {
        long all = ended() + dropped;
        return all == 0 ? 0 : (double) good / all;
    }

    private double perSecond(long count) {
        return seconds > 0 ? (double) count / seconds : 0;
    }

    public Optional<Distribution> distribution(LoadMetric metric) {
        return Optional.ofNullable(distributions.get(metric));
    }

    /** Latencies of all answers. */
    public LatencyCounts latencies() {
        return latencyWindows.stream().reduce(LatencyCounts.NONE, LatencyCounts::plus);
    }

    /** @param share 0.99 for the 99th percentile of the request latency */
    public Optional<PercentileInterval> latencyInterval(double share) {
        return PercentileInterval.of(latencyWindows, share);
    }
}
