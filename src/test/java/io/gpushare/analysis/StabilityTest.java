package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.analysis.Stability.Level;
import java.util.List;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class StabilityTest {

    @Test
    void judgesTheLastThreeWindowsOnly() {
        assertThat(Stability.of(List.of(level(1, 99), level(100, 5), level(105, 5), level(95, 5))))
                .isEqualTo(new Stability.Stable());
        assertThat(Stability.of(List.of(level(100, 5), level(100, 5), level(100, 5), level(1, 5))))
                .isInstanceOf(Stability.Unstable.class);
    }

    @Test
    void toleratesTenPercentOfTheMean() {
        assertThat(Stability.of(List.of(level(90, 5), level(100, 5), level(110, 5))))
                .isEqualTo(new Stability.Stable());
        assertThat(Stability.of(List.of(level(89, 5), level(100, 5), level(111, 5))))
                .isInstanceOfSatisfying(Stability.Unstable.class, unstable -> {
                    assertThat(unstable.quantity()).isEqualTo("throughput");
                    assertThat(unstable.deviationPercent()).isCloseTo(11, Offset.offset(1e-9));
                });
    }

    @Test
    void namesTheLatencyWhenItMovesMore() {
        assertThat(Stability.of(List.of(level(80, 5), level(100, 10), level(120, 15))))
                .isEqualTo(new Stability.Unstable("latency", 50));
    }

    @Test
    void doesNotJudgeALatencyThatIsNotKnown() {
        Level without = new Level(100, OptionalDouble.empty());
        assertThat(Stability.of(List.of(level(100, 5), level(100, 50), without)))
                .isEqualTo(new Stability.Stable());
    }

    @Test
    void cannotTellFromTwoWindows() {
        assertThat(Stability.of(List.of(level(1, 1), level(1, 1)))).isEqualTo(new Stability.TooFewWindows(2));
        assertThat(Stability.of(List.of())).isEqualTo(new Stability.TooFewWindows(0));
    }

    @Test
    void nothingThreeTimesIsSteady() {
        Level nothing = new Level(0, OptionalDouble.empty());
        assertThat(Stability.of(List.of(nothing, nothing, nothing))).isEqualTo(new Stability.Stable());
    }

    private static Level level(double unitsPerSec, double latencyMs) {
        return new Level(unitsPerSec, OptionalDouble.of(latencyMs));
    }
}
