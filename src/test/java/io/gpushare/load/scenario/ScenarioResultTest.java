package io.gpushare.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.analysis.EarlyStopping;
import io.gpushare.load.LoadEnd;
import io.gpushare.load.LoadOutcome;
import io.gpushare.load.account.Answer;
import io.gpushare.load.account.Ending;
import io.gpushare.load.account.Goal;
import io.gpushare.load.account.RequestRecord;
import io.gpushare.load.account.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScenarioResultTest {
    private static final long MS = 1_000_000;
    private static final Duration SHORT = Duration.ofSeconds(60);

    private Duration lasted = SHORT;
    private Optional<Duration> planned = Optional.empty();
    private LoadEnd end = new LoadEnd.Whole();
    private Ending ending = Ending.DONE;
    private long lateNanos;

    private static ScenarioPlan shortened(Scenario scenario) {
        return new ScenarioPlan(
                scenario,
                false,
                scenario.usualSamples(),
                scenario == Scenario.SERVER ? Optional.of(Duration.ofMillis(15)) : Optional.empty());
    }

    private static ScenarioPlan official(Scenario scenario) {
        ScenarioPlan plan = shortened(scenario);
        return new ScenarioPlan(scenario, true, plan.samples(), plan.latencyBound());
    }

    /** Queries with these latencies, spread over the time that was measured. */
    private ScenarioResult result(ScenarioPlan plan, long... latencies) {
        long toNanos = lasted.toNanos();
        Tally tally = new Tally(0, toNanos, 1, Goal.NONE);
        for (int i = 0; i < latencies.length; i++) {
            long due = i * (toNanos / latencies.length);
            long dispatched = due + lateNanos;
            tally.dispatched(due, dispatched);
            Answer answer = new Answer(
                    ending,
                    OptionalInt.of(200),
                    OptionalLong.of(dispatched),
                    OptionalLong.of(due + latencies[i]),
                    due + latencies[i],
                    10,
                    Optional.empty());
            tally.ended(new RequestRecord(i, 0, due, dispatched, answer));
        }
        LoadOutcome outcome = new LoadOutcome(Instant.EPOCH, end, tally.summary(toNanos), 1, 1, 0);
        return ScenarioResult.of(plan, Queries.of(outcome, planned.orElse(lasted)));
    }

    private static long[] alike(int count, long nanos) {
        return LongStream.generate(() -> nanos).limit(count).toArray();
    }

    /** As LoadGen does it: over the sorted latencies, from the end. */
    @ParameterizedTest
    @CsvSource({
        "SINGLE_STREAM, 64",
        "SINGLE_STREAM, 80",
        "SINGLE_STREAM, 5000",
        "MULTI_STREAM, 662",
        "MULTI_STREAM, 4000"
    })
    void theResultOfAStreamIsLoadGensEstimate(Scenario scenario, int count) {
        SplittableRandom random = new SplittableRandom(count);
        long[] latencies = LongStream.generate(() -> MS + random.nextLong(20 * MS))
                .limit(count)
                .toArray();
        int over = 0;
        while (EarlyStopping.minimumCount(scenario.percentile(), over + 1) <= count) {
            over++;
        }
        List<Long> sorted = new ArrayList<>(LongStream.of(latencies).boxed().toList());
        sorted.sort(Comparator.naturalOrder());

        ScenarioResult result = result(shortened(scenario), latencies);

        assertThat(result.faults()).isEmpty();
        double expected = (double) sorted.get(count - over) / MS;
        assertThat(result.value().orElseThrow()).isCloseTo(expected, within(0.01 * expected));
        assertThat(result.unit()).isEqualTo("ms");
    }

    @ParameterizedTest
    @CsvSource({"SINGLE_STREAM, 63, 64", "MULTI_STREAM, 661, 662"})
    void tooFewQueriesGiveNoPercentile(Scenario scenario, int count, int needed) {
        ScenarioResult result = result(shortened(scenario), alike(count, 5 * MS));
        assertThat(result.value()).isEmpty();
        assertThat(result.faults())
                .containsExactly(count + " queries are too few: " + needed + " are the least for this percentile");
    }

    @Test
    void aServerThatKeepsItsBoundIsValidAtTheRateThatWasAskedFor() {
        ScenarioResult result = result(shortened(Scenario.SERVER), alike(600, 10 * MS));
        assertThat(result.faults()).isEmpty();
        assertThat(result.value().orElseThrow()).isCloseTo(10, within(1e-9));
    }

    @Test
    void aServerThatIsTooSlowForMoreThanOneInAHundredIsInvalid() {
        long[] latencies = alike(600, 10 * MS);
        for (int i = 0; i < 7; i++) {
            latencies[i] = 20 * MS;
        }
        assertThat(result(shortened(Scenario.SERVER), latencies).faults())
                .containsExactly("7 of 600 queries took longer than 15ms, and 1 % may");
    }

    @Test
    void aServerNeedsEnoughQueriesToBeSure() {
        assertThat(result(shortened(Scenario.SERVER), alike(458, 10 * MS)).faults())
                .containsExactly("0 of 458 queries took longer than 15ms, which are too few to be sure of 1 %:"
                        + " 459 or more would do");
        assertThat(result(shortened(Scenario.SERVER), alike(459, 10 * MS)).faults())
                .isEmpty();
    }

    @Test
    void aLateLoadGeneratorIsNoTestOfTheServer() {
        lateNanos = 8 * MS;
        assertThat(result(shortened(Scenario.SERVER), alike(600, 10 * MS)).faults())
                .containsExactly("the load generator was late itself: p99 8.00 ms");
    }

    @Test
    void offlineCountsSamplesAndNotRequests() {
        ScenarioPlan plan = new ScenarioPlan(Scenario.OFFLINE, false, 32, Optional.empty());
        ScenarioResult result = result(plan, alike(600, 10 * MS));
        assertThat(result.faults()).isEmpty();
        assertThat(result.value().orElseThrow()).isCloseTo(320, within(1e-9));
        assertThat(result.unit()).isEqualTo("samples/s");
    }

    @Test
    void aQueryWithoutAnAnswerMakesAnyScenarioInvalid() {
        ending = Ending.STATUS_5XX;
        for (Scenario scenario : Scenario.values()) {
            assertThat(result(shortened(scenario), alike(1000, MS)).faults())
                    .contains("1000 queries had no answer, and LoadGen takes none away");
        }
    }

    @Test
    void whatWasEndedEarlyIsInvalid() {
        end = new LoadEnd.Interrupted();
        assertThat(result(shortened(Scenario.OFFLINE), alike(1000, MS)).faults())
                .containsExactly("it was ended early, after 60.0 s");
    }

    @Test
    void soIsWhatWasStoppedBeforeItsTime() {
        planned = Optional.of(SHORT.plusSeconds(1));
        assertThat(result(shortened(Scenario.OFFLINE), alike(1000, MS)).faults())
                .containsExactly("it was ended early, after 60.0 s");
    }

    @ParameterizedTest
    @CsvSource({
        "SINGLE_STREAM, 63, 1, 64, false",
        "SINGLE_STREAM, 5000, 450, 4993, true",
        "MULTI_STREAM, 662, 1, 662, true",
        "SERVER, 600, 0, 459, true"
    })
    void saysWhetherEarlyStoppingIsMet(Scenario scenario, int count, long over, long needed, boolean met) {
        EarlyStop stop =
                result(shortened(scenario), alike(count, MS)).earlyStop().orElseThrow();
        assertThat(stop).isEqualTo(new EarlyStop(count, over, needed));
        assertThat(stop.met()).isEqualTo(met);
    }

    @Test
    void anOfficialRunLastsTenMinutes() {
        assertThat(result(official(Scenario.SINGLE_STREAM), alike(1000, MS)).faults())
                .containsExactly("an official run lasts 600 s, and this one lasted 60.0 s");
        lasted = Scenario.OFFICIAL_DURATION;
        assertThat(result(official(Scenario.SINGLE_STREAM), alike(1000, MS)).faults())
                .isEmpty();
    }

    @Test
    void anOfficialRunOfflineHasLoadGensSamples() {
        lasted = Scenario.OFFICIAL_DURATION;
        assertThat(result(official(Scenario.OFFLINE), alike(24_575, MS)).faults())
                .containsExactly("an official run has 24576 samples, and this one had 24575");
        assertThat(result(official(Scenario.OFFLINE), alike(24_576, MS)).faults())
                .isEmpty();
    }

    @Test
    void onlyAServerHasALatencyBound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScenarioPlan(Scenario.SERVER, false, 1, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScenarioPlan(Scenario.OFFLINE, false, 1, Optional.of(SHORT)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScenarioPlan(Scenario.OFFLINE, false, 0, Optional.empty()));
    }
}
