package io.gpushare.results.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.load.scenario.ScenarioPlan;
import io.gpushare.reading.Reading;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ServedLoadTest {
    /** All of its answers took that long. */
    private static ServedLoad load(int requests, int failed, double ms) {
        long answers = (long) requests - failed;
        return new ServedLoad(
                "poisson 50/s",
                10,
                requests,
                answers / 10.0,
                failed,
                OptionalLong.of(answers / 2),
                LatencyCounts.of(Map.of(LatencyCounts.bucketOf(Math.round(ms * 1e6)), answers)),
                OptionalDouble.of(0.3),
                Reading.notMeasured("no baseline was measured"),
                Optional.empty(),
                JsonNodeFactory.instance.objectNode());
    }

    @Test
    void comparesItsTailWithThatOfTheSameLoadAlone() {
        ServedLoad shared = load(1000, 0, 30).against(Optional.of(load(500, 0, 10)));

        assertThat(shared.p99Slowdown().asOptional().orElseThrow()).isCloseTo(3, within(0.02));
        assertThat(shared.scheduledPerSec()).isEqualTo(100);
        assertThat(shared.goodShare().orElseThrow()).isEqualTo(0.5);
        assertThat(ServedLoad.read(shared.json())).isEqualTo(shared);
    }

    @Test
    void leavesOutATailThatWouldBeAGuess() {
        assertThat(load(300, 0, 30)
                        .against(Optional.of(load(500, 0, 10)))
                        .p99Slowdown()
                        .toString())
                .contains("the p99 of 300 answers is a guess; 459 are the least");
        assertThat(load(1000, 20, 30)
                        .against(Optional.of(load(500, 0, 10)))
                        .p99Slowdown()
                        .toString())
                .contains("more than 1 % of the requests failed");
        assertThat(load(1000, 0, 30).against(Optional.empty()).p99Slowdown().toString())
                .contains("no baseline was measured");
    }

    @Test
    void twoPartsOfABaselineAreOneLoad() {
        ServedLoad both = load(400, 2, 10).followedBy(load(600, 0, 20));

        assertThat(both.seconds()).isEqualTo(20);
        assertThat(both.scheduled()).isEqualTo(1000);
        assertThat(both.failed()).isEqualTo(2);
        assertThat(both.latency().count()).isEqualTo(998);
        assertThat(both.answeredPerSec()).isCloseTo(49.9, within(1e-9));
        assertThat(both.good()).hasValue(499);
    }

    @Test
    void aScenarioIsJudgedByTheQueriesOfBothParts() {
        ScenarioPlan plan = new ScenarioPlan(Scenario.SERVER, false, 1, Optional.of(Duration.ofMillis(15)));
        ServedLoad first = load(400, 0, 10).judgedBy(plan);
        assertThat(first.scenario().orElseThrow().faults())
                .singleElement()
                .asString()
                .contains("too few to be sure");

        ServedLoad both = first.followedBy(load(400, 0, 10).judgedBy(plan));
        assertThat(both.scenario().orElseThrow().valid()).isTrue();
        assertThat(both.scenario().orElseThrow().value()).hasValue(40);
        assertThat(ServedLoad.read(both.json())).isEqualTo(both);
        assertThat(first.followedBy(load(400, 0, 20).judgedBy(plan))
                        .scenario()
                        .orElseThrow()
                        .faults())
                .containsExactly("400 of 800 queries took longer than 15ms, and 1 % may");
    }
}
