package io.gpushare.load.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class SaturationWatchTest {
    /** When it says so; infinite where it does not within a minute. */
    private static double saturatedAfter(double rate, DoubleUnaryOperator underWay) {
        SaturationWatch watch = new SaturationWatch(rate);
        for (int tenth = 0; tenth < 600; tenth++) {
            double seconds = tenth / 10.0;
            if (watch.add(seconds, Math.round(underWay.applyAsDouble(seconds)))) {
                return seconds;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    @Test
    void aQueueThatGrowsForGoodIsSeenSoon() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(saturatedAfter(100, seconds -> 20 * seconds + random.nextDouble(4)))
                .isBetween(2.0, 4.0);
        assertThat(saturatedAfter(1000, seconds -> 500 * seconds)).isBetween(1.9, 2.1);
    }

    @Test
    void aFullQueueThatStaysIsNone() {
        SplittableRandom random = new SplittableRandom(2);
        assertThat(saturatedAfter(100, _ -> 300 + random.nextDouble(40))).isInfinite();
        assertThat(saturatedAfter(100, seconds -> Math.min(30, 100 * seconds))).isInfinite();
    }

    @Test
    void aServerThatStallsAndRecoversIsNone() {
        assertThat(saturatedAfter(1000, seconds -> seconds % 1 < 0.2 ? 1000 * (seconds % 1) : 1))
                .isInfinite();
    }
}
