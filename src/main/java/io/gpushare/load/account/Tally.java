package io.gpushare.load.account;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Counts requests as they end, from many threads. What counts are those that were meant to be sent within the
 * measurement, whenever they ended; rates are of answers that ended within it. Takes constant memory.
 */
public final class Tally {
    private static final int DIGITS = 3;

    private final long fromNanos;
    private long toNanos;
    private final Goal goal;
    private final MeasuredWindows windows;
    private final Map<LoadMetric, Histogram> histograms = new EnumMap<>(LoadMetric.class);
    private final List<KindTally> kinds = new ArrayList<>();
    private final Map<Ending, Long> endings = new EnumMap<>(Ending.class);
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private long dropped;
    private long scheduled;
    private long completedWithin;
    private long good;
    private long receivedBytes;
    private long tokens;
    private long tokensWithin;
    private long statedTokens;
    private long answersWithStatedTokens;
    private Second second = new Second();

    /**
     * The measurement is from {@code fromNanos} on and before {@code toNanos}.
     *
     * @param kinds how many kinds of requests there are
     */
    public Tally(long fromNanos, long toNanos, int kinds, Goal goal) {
        this(fromNanos, toNanos, toNanos, kinds, goal);
    }

    /**
     * The measurement is from {@code fromNanos} on until somebody {@linkplain #endsAt ends} it.
     *
     * @param expectedNanos when that is likely to be
     */
    public static Tally untilEnded(long fromNanos, long expectedNanos, int kinds, Goal goal) {
        return new Tally(fromNanos, Long.MAX_VALUE, expectedNanos, kinds, goal);
    }

    private Tally(long fromNanos, long toNanos, long expectedNanos, int kinds, Goal goal) {
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
        this.goal = goal;
        this.windows = new MeasuredWindows(fromNanos, expectedNanos);
        for (LoadMetric metric : LoadMetric.values()) {
            histograms.put(metric, new Histogram(DIGITS));
        }
        for (int i = 0; i < kinds; i++) {
            this.kinds.add(new KindTally());
        }
    }

    /** What came since the last time that it was asked for, warm-up included: for views and logs. */
    public static final class Second {
        private final Histogram latencies = new Histogram(DIGITS);
        private final Histogram uncorrected = new Histogram(DIGITS);
        private long dispatched;
        private long completed;
        private long failed;
        private long dropped;

        public Histogram latencies() {
            return latencies;
        }

        public Histogram uncorrected() {
            return uncorrected;
        }

        public long dispatched() {
            return dispatched;
        }

        public long completed() {
            return completed;
        }

        public long failed() {
            return failed;
        }

        public long dropped() {
            return dropped;
        }
    }

    private static final class KindTally {
        private final Histogram latencies = new Histogram(DIGITS);
        private long sent;
        private long failed;
    }

    /** The measurement goes no further than this, which it has reached just now. */
    public synchronized void endsAt(long nanos) {
        toNanos = nanos;
    }

    /** A request was taken in hand. */
    public synchronized void dispatched(long intendedNanos, long atNanos) {
        second.dispatched++;
        if (measured(intendedNanos)) {
            scheduled++;
            record(LoadMetric.DISPATCH_LATENESS, atNanos - intendedNanos);
        }
    }

    /** A request was left out, because too many were under way. */
    public synchronized void dropped(long intendedNanos) {
        second.dropped++;
        if (measured(intendedNanos)) {
            scheduled++;
            dropped++;
        }
    }

    public synchronized void ended(RequestRecord request) {
        Answer answer = request.answer();
        boolean done = answer.ending() == Ending.DONE;
        if (done) {
            second.completed++;
            second.latencies.recordValue(Math.max(0, request.latencyNanos()));
            request.uncorrectedNanos().ifPresent(nanos -> second.uncorrected.recordValue(Math.max(0, nanos)));
            if (measured(answer.endedNanos())) {
                completedWithin++;
                windows.completed(answer.endedNanos());
            }
            answer.tokens().ifPresent(this::countTokens);
        } else if (answer.ending().isError()) {
            second.failed++;
        }
        if (measured(request.intendedNanos())) {
            countMeasured(request, done);
        }
    }

    private void countTokens(TokenTimes times) {
        for (long nanos : times.nanos()) {
            if (measured(nanos)) {
                tokensWithin++;
                windows.token(nanos);
            }
        }
    }

    private void countMeasured(RequestRecord request, boolean done) {
        Answer answer = request.answer();
        endings.merge(answer.ending(), 1L, Long::sum);
        answer.status().ifPresent(status -> statuses.merge(status, 1L, Long::sum));
        receivedBytes += answer.receivedBytes();
        KindTally kind = kinds.get(request.kind());
        kind.sent++;
        if (!done) {
            kind.failed += answer.ending().isError() ? 1 : 0;
            return;
        }
        kind.latencies.recordValue(Math.max(0, request.latencyNanos()));
        record(LoadMetric.REQUEST_LATENCY, request.latencyNanos());
        windows.latency(request.intendedNanos(), Math.max(0, request.latencyNanos()));
        record(LoadMetric.REQUEST_LATENCY_UNCORRECTED, request.uncorrectedNanos());
        record(LoadMetric.TIME_TO_FIRST_TOKEN, request.firstTokenNanos());
        request.perOutputTokenNanos().ifPresent(nanos -> record(LoadMetric.TIME_PER_OUTPUT_TOKEN, Math.round(nanos)));
        answer.tokens().ifPresent(this::countMeasuredTokens);
        good += goal.keeps(request) ? 1 : 0;
    }

    private void countMeasuredTokens(TokenTimes times) {
        tokens += times.count();
        for (long gap : times.gapsNanos()) {
            record(LoadMetric.INTER_TOKEN_LATENCY, gap);
        }
        times.stated().ifPresent(stated -> {
            statedTokens += stated;
            answersWithStatedTokens++;
        });
    }

    private void record(LoadMetric metric, OptionalLong nanos) {
        nanos.ifPresent(value -> record(metric, value));
    }

    private void record(LoadMetric metric, long nanos) {
        histogram(metric).recordValue(Math.max(0, nanos));
    }

    private Histogram histogram(LoadMetric metric) {
        return histograms.computeIfAbsent(metric, _ -> new Histogram(DIGITS));
    }

    private boolean measured(long nanos) {
        return nanos >= fromNanos && nanos < toNanos;
    }

    public synchronized Second takeSecond() {
        Second taken = second;
        second = new Second();
        return taken;
    }

    /** As far as it has come. */
    public synchronized LoadSummary summary(long endNanos) {
        long end = Math.clamp(endNanos, fromNanos, toNanos);
        Map<LoadMetric, Distribution> distributions = new EnumMap<>(LoadMetric.class);
        histograms.forEach((metric, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                distributions.put(metric, Distribution.of(histogram));
            }
        });
        return new LoadSummary(
                (end - fromNanos) / 1e9,
                scheduled,
                dropped,
                endings,
                statuses,
                completedWithin,
                windows.completedPerSecond(end),
                good,
                goal.isSet(),
                receivedBytes,
                tokens,
                tokensWithin,
                windows.tokensPerSecond(end),
                answersWithStatedTokens > 0 ? OptionalLong.of(statedTokens) : OptionalLong.empty(),
                distributions,
                windows.latencies(end),
                kinds.stream().map(Tally::summary).toList());
    }

    private static LoadSummary.Kind summary(KindTally kind) {
        Optional<Distribution> latencies =
                kind.latencies.getTotalCount() > 0 ? Optional.of(Distribution.of(kind.latencies)) : Optional.empty();
        return new LoadSummary.Kind(kind.sent, kind.failed, latencies);
    }
}
