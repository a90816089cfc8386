package io.gpushare.load.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gpushare.load.account.Answer;
import io.gpushare.load.account.Ending;
import io.gpushare.load.account.Goal;
import io.gpushare.load.account.LoadMetric;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.load.account.RequestRecord;
import io.gpushare.load.account.Tally;
import io.gpushare.load.bound.Bound.Kept;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BoundTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MS = 1_000_000;

    private final Tally tally =
            new Tally(0, 10 * SECOND, 1, new Goal(List.of(new Goal.Limit(LoadMetric.REQUEST_LATENCY, 10 * MS))));
    private long next;

    private void requests(int count, long latencyMs, Ending ending) {
        for (int i = 0; i < count; i++) {
            long at = next * MS;
            tally.dispatched(at, at);
            OptionalInt status = ending == Ending.DONE ? OptionalInt.of(200) : OptionalInt.empty();
            Answer answer = new Answer(
                    ending,
                    status,
                    OptionalLong.of(at),
                    OptionalLong.empty(),
                    at + latencyMs * MS,
                    1,
                    Optional.empty());
            tally.ended(new RequestRecord(next++, 0, at, at, answer));
        }
    }

    private LoadSummary summary() {
        return tally.summary(10 * SECOND);
    }

    @ParameterizedTest
    @CsvSource({
        "p99<10ms, true",
        "p99<4ms, false",
        "latency_p50<5.1ms, true",
        "request_latency_p50>4ms, true",
        "avg<6000us, true",
        "max<0.006s, true",
        "error_rate>5%, true",
        "error_rate>20%, false",
        "throughput<90.1/s, true",
        "request_throughput>91, false",
        "goodput>80%, true",
        "goodput<50, false",
        "p999<10ms, true",
        "uncorrected_p99<10ms, true",
        "lateness_p99<1ms, true",
        "ttft_p99<10s, false"
    })
    void isTrueOrNot(String text, boolean expected) {
        requests(900, 5, Ending.DONE);
        requests(100, 1, Ending.RESET);
        assertThat(BoundText.parse(text).isTrue(summary())).isEqualTo(expected);
    }

    @Test
    void whatWasNotSeenIsNotKnown() {
        requests(10, 5, Ending.DONE);
        assertThat(BoundText.parse("ttft_p99>1ms").isKnown(summary())).isFalse();
        assertThat(BoundText.parse("p99>1ms").isKnown(summary())).isTrue();
    }

    @Test
    void aPercentileIsJudgedByEarlyStopping() {
        requests(458, 5, Ending.DONE);
        assertThat(BoundText.parse("p99<10ms").judge(summary())).isEqualTo(Kept.KEPT_BY_FEW);
        requests(1, 5, Ending.DONE);
        assertThat(BoundText.parse("p99<10ms").judge(summary())).isEqualTo(Kept.KEPT);
        assertThat(BoundText.parse("p99<4ms").judge(summary())).isEqualTo(Kept.MISSED);
    }

    @Test
    void failedRequestsAreOverTheBound() {
        requests(980, 5, Ending.DONE);
        requests(20, 5, Ending.STATUS_5XX);
        assertThat(BoundText.parse("p99<10ms").judge(summary())).isEqualTo(Kept.MISSED);
        assertThat(BoundText.parse("p95<10ms").judge(summary())).isEqualTo(Kept.KEPT);
    }

    @Test
    void nothingAtAllMissesABound() {
        assertThat(BoundText.parse("p99<10ms").judge(summary())).isEqualTo(Kept.MISSED);
        assertThat(BoundText.parse("goodput>50%").judge(summary())).isEqualTo(Kept.MISSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p99",
                "p99<",
                "p98<10ms",
                "p99<10",
                "p99<10%",
                "p99=10ms",
                "error_rate>5",
                "error_rate>101%",
                "throughput<9ms",
                "speed>1",
                "ttft<200ms",
                "_p99<1ms"
            })
    void otherBoundsAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> BoundText.parse(text));
    }

    @Test
    void aGoalIsOfSingleRequests() {
        Goal goal = BoundText.parseGoal("ttft<200ms,tpot<30ms, e2el<1s");
        assertThat(goal.limits())
                .containsExactly(
                        new Goal.Limit(LoadMetric.TIME_TO_FIRST_TOKEN, 200e6),
                        new Goal.Limit(LoadMetric.TIME_PER_OUTPUT_TOKEN, 30e6),
                        new Goal.Limit(LoadMetric.REQUEST_LATENCY, 1e9));
        for (String wrong : List.of("p99<10ms", "ttft>1ms", "itl<3ms", "ttft", "ttft<3")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> BoundText.parseGoal(wrong));
        }
    }
}
