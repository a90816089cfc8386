package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentileIntervalTest {
    private static final LatencyCounts FAST = LatencyCounts.of(Map.of(3000, 100L));
    private static final LatencyCounts SLOW = LatencyCounts.of(Map.of(3100, 100L));

    @Test
    void isThePercentileOfAllWindows() {
        List<LatencyCounts> windows = SimulatedSeries.WHITE.latencies(new SplittableRandom(1), 30);
        LatencyCounts all = windows.stream().reduce(LatencyCounts.NONE, LatencyCounts::plus);
        for (double share : new double[] {0.5, 0.9, 0.99}) {
            PercentileInterval interval = PercentileInterval.of(windows, share).orElseThrow();
            assertThat(interval.nanos()).isEqualTo(all.quantileNanos(share).orElseThrow());
            assertThat(interval.contains(interval.nanos())).isTrue();
        }
    }

    @Test
    void isTighterInTheMiddleThanInTheTail() {
        List<LatencyCounts> windows = SimulatedSeries.WHITE.latencies(new SplittableRandom(2), 60);
        double p50 = percent(windows, 0.5);
        double p99 = percent(windows, 0.99);
        assertThat(p50).isBetween(1.0, 3.0);
        assertThat(p99).isBetween(2.0, 8.0);
    }

    /** As many fast ones as slow: once in every window, once in windows of their own, which come in spells. */
    @Test
    void isUnsureWhereWindowsDiffer() {
        LatencyCounts both = LatencyCounts.of(Map.of(3000, 60L, 3100, 40L));
        PercentileInterval mixed =
                PercentileInterval.of(Collections.nCopies(30, both), 0.5).orElseThrow();
        assertThat(mixed.percent()).hasValue(0);
        List<LatencyCounts> spells =
                IntStream.range(0, 30).mapToObj(i -> i % 10 < 6 ? FAST : SLOW).toList();
        PercentileInterval apart = PercentileInterval.of(spells, 0.5).orElseThrow();
        assertThat(apart.nanos()).isEqualTo(mixed.nanos());
        assertThat(apart.upperNanos()).isEqualTo(SLOW.quantileNanos(0.5));
        assertThat(apart.percent().orElseThrow()).isCloseTo(100 * (Math.pow(1.005, 100) - 1), within(1e-6));
    }

    @Test
    void hasNoUpperEndWhereHardlyAnythingWasSeenAboveIt() {
        List<LatencyCounts> few = Collections.nCopies(12, LatencyCounts.of(Map.of(3000, 5L, 3010, 5L)));
        PercentileInterval p99 = PercentileInterval.of(few, 0.99).orElseThrow();
        assertThat(p99.upperNanos()).isEmpty();
        assertThat(p99.percent()).isEmpty();
        assertThat(p99.contains(1e12)).isTrue();
        assertThat(p99.contains(1)).isFalse();
        assertThat(PercentileInterval.of(few, 0.5).orElseThrow().percent()).isPresent();
    }

    @Test
    void isSureOfLatenciesThatAreAllAlike() {
        PercentileInterval interval =
                PercentileInterval.of(Collections.nCopies(40, FAST), 0.99).orElseThrow();
        assertThat(interval.percent()).hasValue(0);
    }

    @Test
    void passesWindowsWithoutLatencies() {
        List<LatencyCounts> windows = IntStream.range(0, 12)
                .mapToObj(i -> i % 3 == 0 ? LatencyCounts.NONE : FAST)
                .toList();
        assertThat(PercentileInterval.of(windows, 0.5).orElseThrow().percent()).hasValue(0);
    }

    @Test
    void saysWhenThereIsTooLittle() {
        assertThat(PercentileInterval.of(List.of(FAST, SLOW), 0.5)).isEmpty();
        assertThat(PercentileInterval.of(Collections.nCopies(9, LatencyCounts.NONE), 0.5))
                .isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> PercentileInterval.of(List.of(FAST, FAST, FAST), 1));
    }

    private static double percent(List<LatencyCounts> windows, double share) {
        return PercentileInterval.of(windows, share).orElseThrow().percent().orElseThrow();
    }
}
