package io.gpushare.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.runtime.ClockOffset.RoundTrip;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {

    /** Ways to and fro take a random time each, now and then a long one. */
    private static List<RoundTrip> trips(long aheadNanos, RandomGenerator random) {
        return IntStream.range(0, 20)
                .mapToObj(trip -> {
                    long sent = trip * 1_000_000L;
                    long there = 50_000 + (long) (-Math.log(1 - random.nextDouble()) * 100_000);
                    long back = 50_000 + (long) (-Math.log(1 - random.nextDouble()) * 100_000);
                    return new RoundTrip(sent, sent + there + aheadNanos, sent + there + back);
                })
                .toList();
    }

    @Test
    void findsTheOffsetWithinTheErrorThatItSays() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int round = 0; round < 200; round++) {
            long ahead = random.nextLong(-3_000_000_000L, 3_000_000_000L);
            ClockOffset offset = ClockOffset.of(trips(ahead, random));
            assertThat(Math.abs(offset.aheadNanos() - ahead)).isLessThanOrEqualTo(offset.errorNanos());
            assertThat(offset.errorNanos()).isLessThan(500_000);
        }
    }

    @Test
    void takesAnOffsetThatMayBeNothingForNothing() {
        ClockOffset offset = ClockOffset.of(List.of(new RoundTrip(0, 60_000, 200_000)));
        assertThat(offset).isEqualTo(new ClockOffset(0, 140_000));
    }

    @Test
    void takesTheTightestBoundsOfAllRoundTrips() {
        ClockOffset offset = ClockOffset.of(
                List.of(new RoundTrip(0, 10_000_000, 1_000_000), new RoundTrip(2_000_000, 12_400_000, 2_500_000)));
        assertThat(offset).isEqualTo(new ClockOffset(9_950_000, 50_000));
    }

    @Test
    void saysHowLittleItKnowsWhenAClockWasSetMeanwhile() {
        ClockOffset offset = ClockOffset.of(List.of(new RoundTrip(0, 1_100, 200), new RoundTrip(1_000, 9_100, 1_200)));
        assertThat(offset.aheadNanos() - offset.errorNanos()).isLessThanOrEqualTo(900);
        assertThat(offset.aheadNanos() + offset.errorNanos()).isGreaterThanOrEqualTo(8_100);
    }
}
