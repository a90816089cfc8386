package io.gpushare.load.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1000 * MS;
    /** Clocks may begin below zero. */
    private static final long FROM = -3 * SECOND;

    private static final long TO = FROM + 10 * SECOND;
    private static final Goal GOAL = new Goal(List.of(
            new Goal.Limit(LoadMetric.TIME_TO_FIRST_TOKEN, 60 * MS),
            new Goal.Limit(LoadMetric.TIME_PER_OUTPUT_TOKEN, 30 * MS)));

    private final Tally tally = new Tally(FROM, TO, 2, GOAL);
    private long number;

    private void ended(int kind, long intended, long sent, long end, Ending ending, @Nullable TokenTimes tokens) {
        tally.dispatched(intended, intended + MS);
        Answer answer = new Answer(
                ending,
                OptionalInt.of(ending == Ending.DONE ? 200 : 503),
                OptionalLong.of(sent),
                OptionalLong.of(end),
                end,
                10,
                Optional.ofNullable(tokens));
        tally.ended(new RequestRecord(number++, kind, intended, intended + MS, answer));
    }

    private void done(long intended, long end) {
        ended(0, intended, intended, end, Ending.DONE, null);
    }

    @Test
    void whatWasMeantForTheMeasurementCounts() {
        done(FROM - 1, FROM + 5 * MS);
        done(FROM, FROM + 5 * MS);
        done(TO - 1, TO + SECOND);
        done(TO, TO + 5 * MS);
        LoadSummary summary = tally.summary(TO);
        assertThat(summary.scheduled()).isEqualTo(2);
        assertThat(summary.done()).isEqualTo(2);
        // Of the answers two ended in time: one of them was asked for in the warm-up.
        assertThat(summary.completedWithin()).isEqualTo(2);
        assertThat(summary.requestThroughput()).isEqualTo(0.2);
        assertThat(summary.distribution(LoadMetric.REQUEST_LATENCY)
                        .orElseThrow()
                        .count())
                .isEqualTo(2);
        assertThat(summary.statuses()).containsExactly(Map.entry(200, 2L));
        assertThat(summary.receivedBytes()).isEqualTo(20);
    }

    @Test
    void latencyIsFromTheIntendedMomentAndBesideItFromTheSending() {
        ended(0, FROM, FROM + 200 * MS, FROM + 205 * MS, Ending.DONE, null);
        LoadSummary summary = tally.summary(TO);
        assertThat(summary.distribution(LoadMetric.REQUEST_LATENCY)
                                .orElseThrow()
                                .avgNanos()
                        / MS)
                .isCloseTo(205, within(0.2));
        assertThat(summary.distribution(LoadMetric.REQUEST_LATENCY_UNCORRECTED)
                                .orElseThrow()
                                .avgNanos()
                        / MS)
                .isCloseTo(5, within(0.01));
        assertThat(summary.distribution(LoadMetric.DISPATCH_LATENESS)
                                .orElseThrow()
                                .avgNanos()
                        / MS)
                .isCloseTo(1, within(0.001));
    }

    @Test
    void failuresAndDropsAreErrorsAndHaveNoLatency() {
        done(FROM, FROM + MS);
        ended(1, FROM, FROM, FROM + MS, Ending.STATUS_5XX, null);
        ended(1, FROM, FROM, FROM + MS, Ending.CUT_OFF, null);
        tally.dropped(FROM + 1);
        LoadSummary summary = tally.summary(TO);
        assertThat(summary.errors()).isEqualTo(1);
        assertThat(summary.errorRate()).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(summary.dropped()).isEqualTo(1);
        assertThat(summary.scheduledRate()).isEqualTo(0.4);
        assertThat(summary.sentRate()).isEqualTo(0.3);
        assertThat(summary.distribution(LoadMetric.REQUEST_LATENCY)
                        .orElseThrow()
                        .count())
                .isEqualTo(1);
        assertThat(summary.kinds()).extracting(LoadSummary.Kind::failed).containsExactly(0L, 1L);
    }

    @Test
    void tokensGiveTheirLatenciesAndTheGoal() {
        long[] fast = {FROM + 50 * MS, FROM + 70 * MS, FROM + 95 * MS, FROM + 110 * MS};
        ended(0, FROM, FROM, FROM + 110 * MS, Ending.DONE, new TokenTimes(fast, OptionalInt.of(5)));
        long[] slow = {FROM + 50 * MS, FROM + 90 * MS};
        ended(0, FROM, FROM, FROM + 91 * MS, Ending.DONE, new TokenTimes(slow, OptionalInt.empty()));
        long[] one = {FROM + 10 * MS};
        ended(0, FROM, FROM, FROM + 10 * MS, Ending.DONE, new TokenTimes(one, OptionalInt.empty()));
        LoadSummary summary = tally.summary(TO);
        Distribution perToken =
                summary.distribution(LoadMetric.TIME_PER_OUTPUT_TOKEN).orElseThrow();
        assertThat(perToken.count()).isEqualTo(2);
        assertThat(perToken.minNanos() / (double) MS).isCloseTo(20, within(0.02));
        assertThat(perToken.maxNanos() / (double) MS).isCloseTo(41, within(0.04));
        Distribution gaps = summary.distribution(LoadMetric.INTER_TOKEN_LATENCY).orElseThrow();
        assertThat(gaps.count()).isEqualTo(4);
        assertThat(gaps.minNanos() / (double) MS).isCloseTo(15, within(0.02));
        assertThat(summary.distribution(LoadMetric.TIME_TO_FIRST_TOKEN)
                                .orElseThrow()
                                .minNanos()
                        / (double) MS)
                .isCloseTo(10, within(0.02));
        assertThat(summary.tokens()).isEqualTo(7);
        assertThat(summary.statedTokens()).hasValue(5);
        assertThat(summary.outputTokenThroughput()).isEqualTo(0.7);
        assertThat(summary.good()).isEqualTo(2);
        assertThat(summary.goodput()).isEqualTo(0.2);
        assertThat(summary.goodShare()).isCloseTo(2.0 / 3, within(1e-9));
    }

    @Test
    void ratesAndPercentilesHaveTheirError() {
        for (int i = 0; i < 1000; i++) {
            long at = FROM + 10L * i * MS;
            done(at, at + (i % 100 == 0 ? 90L : 5L) * MS);
        }
        LoadSummary summary = tally.summary(TO);
        assertThat(summary.throughput().orElseThrow().value()).isCloseTo(100, within(0.5));
        assertThat(summary.throughput().orElseThrow().percent()).isLessThan(1);
        assertThat(summary.latencyInterval(0.5).orElseThrow().nanos() / MS).isCloseTo(5, within(0.02));
        assertThat(summary.latencyInterval(0.99).orElseThrow().contains(90 * MS))
                .isTrue();
    }

    @Test
    void asFarAsItHasComeItKnowsTheTimeThatHasPassed() {
        for (int i = 0; i < 100; i++) {
            done(FROM + 10L * i * MS, FROM + 10L * i * MS + MS);
        }
        LoadSummary half = tally.summary(FROM + SECOND);
        assertThat(half.seconds()).isEqualTo(1);
        assertThat(half.requestThroughput()).isEqualTo(100);
        assertThat(tally.summary(FROM - SECOND).seconds()).isZero();
        assertThat(tally.summary(FROM - SECOND).requestThroughput()).isZero();
    }

    @Test
    void aSecondHoldsWhatCameSinceTheLast() {
        done(FROM - SECOND, FROM - SECOND + 5 * MS);
        tally.dropped(FROM);
        Tally.Second first = tally.takeSecond();
        assertThat(first.completed()).isEqualTo(1);
        assertThat(first.dispatched()).isEqualTo(1);
        assertThat(first.dropped()).isEqualTo(1);
        assertThat(first.latencies().getTotalCount()).isEqualTo(1);
        assertThat(tally.takeSecond().completed()).isZero();
    }
}
