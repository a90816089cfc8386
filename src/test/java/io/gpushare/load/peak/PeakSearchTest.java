package io.gpushare.load.peak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.load.LoadEnd;
import io.gpushare.load.LoadOutcome;
import io.gpushare.load.account.Answer;
import io.gpushare.load.account.Ending;
import io.gpushare.load.account.Goal;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.load.account.RequestRecord;
import io.gpushare.load.account.Tally;
import io.gpushare.load.bound.BoundText;
import io.gpushare.load.peak.PeakStep.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeakSearchTest {
    private static final LoadSummary NOTHING = new Tally(0, 1, 1, Goal.NONE).summary(1);

    private final List<Double> tried = new ArrayList<>();

    private PeakSearch searched(double first, double highest, double capacity) {
        PeakSearch search = new PeakSearch(first, highest, 0.05);
        for (OptionalDouble next = search.next(); next.isPresent(); next = search.next()) {
            double rate = next.getAsDouble();
            tried.add(rate);
            search.add(new PeakStep(rate, rate <= capacity ? Outcome.KEPT : Outcome.MISSED, NOTHING));
        }
        return search;
    }

    private static PeakStep judged(LoadEnd end, long latencyMs, long latenessMs) {
        Tally tally = new Tally(0, 1_000_000_000, 1, Goal.NONE);
        for (int i = 0; i < 500; i++) {
            long at = i * 1_000_000L;
            long dispatched = at + latenessMs * 1_000_000;
            tally.dispatched(at, dispatched);
            Answer answer = new Answer(
                    Ending.DONE,
                    OptionalInt.of(200),
                    OptionalLong.of(dispatched),
                    OptionalLong.empty(),
                    at + latencyMs * 1_000_000,
                    1,
                    Optional.empty());
            tally.ended(new RequestRecord(i, 0, at, dispatched, answer));
        }
        LoadOutcome outcome = new LoadOutcome(Instant.EPOCH, end, tally.summary(1_000_000_000), 1, 1, 0);
        return PeakStep.of(500, outcome, BoundText.parseAll("p99<10ms,error_rate<1%"));
    }

    @Test
    void aStepIsJudgedByItsBounds() {
        assertThat(judged(new LoadEnd.Whole(), 5, 0).outcome()).isEqualTo(Outcome.KEPT);
        assertThat(judged(new LoadEnd.Whole(), 20, 0).outcome()).isEqualTo(Outcome.MISSED);
        assertThat(judged(new LoadEnd.Whole(), 20, 8).outcome()).isEqualTo(Outcome.GENERATOR_BEHIND);
        assertThat(judged(new LoadEnd.Whole(), 9, 8).outcome()).isEqualTo(Outcome.KEPT);
        assertThat(judged(new LoadEnd.Saturated(90), 5, 0).outcome()).isEqualTo(Outcome.SATURATED);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.7, 3, 10, 37, 100, 999, 25_000})
    void findsTheCapacityInFewSteps(double capacity) {
        PeakSearch search = searched(10, 1e6, capacity);
        double peak = search.peak().orElseThrow().rate();
        assertThat(peak).isLessThanOrEqualTo(capacity).isGreaterThan(capacity / 1.0501);
        assertThat(search.tooMuch().orElseThrow().rate()).isGreaterThan(capacity);
        assertThat(tried).hasSizeLessThanOrEqualTo(19).doesNotHaveDuplicates();
    }

    @Test
    void goesNoHigherThanItMay() {
        PeakSearch search = searched(10, 50, 1000);
        assertThat(tried).containsExactly(10.0, 20.0, 40.0, 50.0);
        assertThat(search.peak().orElseThrow().rate()).isEqualTo(50);
        assertThat(search.tooMuch()).isEmpty();
    }

    @Test
    void endsWhereNoRateIsGood() {
        PeakSearch search = searched(10, 1000, 0);
        assertThat(search.peak()).isEmpty();
        assertThat(tried).hasSizeLessThan(15);
        assertThat(search.tooMuch().orElseThrow().rate()).isCloseTo(0.01, within(0.01));
    }

    @Test
    void aHighRateThatHappensToBeGoodAboveOneThatIsNotIsNoPeak() {
        PeakSearch search = new PeakSearch(10, 1000, 0.05);
        search.add(new PeakStep(10, Outcome.KEPT, NOTHING));
        search.add(new PeakStep(20, Outcome.SATURATED, NOTHING));
        search.add(new PeakStep(40, Outcome.KEPT_BY_FEW, NOTHING));
        assertThat(search.peak().orElseThrow().rate()).isEqualTo(10);
        assertThat(search.next()).hasValue(15);
    }
}
