package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CoreLoopsTest {
    private static CoreLoops loops(long... nanos) {
        return new CoreLoops(OptionalInt.of(1), LongStream.of(nanos).boxed().toList());
    }

    @Test
    void takesTheFasterLoopsForFullSpeedThoughMostWereSlowed() {
        CoreLoops mostlySlow = new CoreLoops(
                OptionalInt.of(1),
                Stream.concat(Collections.nCopies(4, 60_000L).stream(), Collections.nCopies(16, 105_000L).stream())
                        .toList());

        double fullSpeed = CoreLoops.fullSpeedNanos(List.of(mostlySlow), OptionalDouble.empty())
                .orElseThrow();

        assertThat(fullSpeed).isEqualTo(60_000);
        assertThat(mostlySlow.slowedShare(fullSpeed)).hasValue(0.8);
        assertThat(CoreLoops.slowedSpeed(List.of(mostlySlow), fullSpeed).orElseThrow())
                .isCloseTo(0.571, within(0.001));
    }

    @Test
    void isNotFooledByOneLoopThatIsFasterThanAllOthers() {
        CoreLoops one = new CoreLoops(
                OptionalInt.empty(),
                Stream.concat(Stream.of(20_000L), Collections.nCopies(19, 60_000L).stream())
                        .toList());

        assertThat(CoreLoops.fullSpeedNanos(List.of(one), OptionalDouble.empty()))
                .hasValue(60_000);
    }

    @Test
    void knowsFromTheHostsHistoryThatACoreWasSlowAllTheTime() {
        List<CoreLoops> slow = List.of(loops(105_000, 104_000, 106_000, 105_500));

        assertThat(CoreLoops.fullSpeedNanos(slow, OptionalDouble.empty())).hasValue(104_000);
        double fullSpeed =
                CoreLoops.fullSpeedNanos(slow, OptionalDouble.of(59_000)).orElseThrow();
        assertThat(fullSpeed).isCloseTo(70_800, within(1e-6));
        assertThat(slow.getFirst().slowedShare(fullSpeed)).hasValue(1);
    }

    @Test
    void takesACoreThatSomebodyElseHadInBetweenForNoSlowedOne() {
        CoreLoops preempted = loops(60_000, 61_000, 4_060_000, 60_500);

        assertThat(preempted.slowedShare(60_000)).hasValue(0);
        assertThat(loops(4_060_000).slowedShare(60_000)).isEmpty();
    }
}
