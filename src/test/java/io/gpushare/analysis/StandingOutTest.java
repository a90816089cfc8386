package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StandingOutTest {
    private final Random random = new Random(7);

    private List<Double> alike(int count) {
        return new ArrayList<>(Stream.generate(() -> 1 + 0.02 * random.nextGaussian())
                .limit(count)
                .toList());
    }

    /** About 5 of 100; the test is exact for large numbers, and near enough for small ones. */
    @ParameterizedTest
    @ValueSource(ints = {10, 25, 50, 100})
    void seldomFindsAnyAmongThoseOfAKind(int count) {
        int found = 0;
        for (int i = 0; i < 2000; i++) {
            found += StandingOut.of(alike(count)).isEmpty() ? 0 : 1;
        }
        assertThat(found / 2000.0).isBetween(0.02, 0.08);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 50, 100})
    void findsTheOneThatIsATenthSlower(int count) {
        int found = 0;
        for (int i = 0; i < 200; i++) {
            List<Double> values = alike(count);
            values.set(i % count, 0.88);
            found += StandingOut.of(values).contains(i % count) ? 1 : 0;
        }
        assertThat(found).isGreaterThan(180);
    }

    @Test
    void twoThatAreAlikeDoNotHideEachOther() {
        List<Double> values = alike(20);
        values.set(3, 0.80);
        values.set(11, 0.80);
        assertThat(StandingOut.of(values)).containsExactlyInAnyOrder(3, 11);
    }

    @Test
    void amongEqualOnesAnyOtherStandsOut() {
        List<Double> values = new ArrayList<>(Collections.nCopies(8, 1.0));
        assertThat(StandingOut.of(values)).isEmpty();
        values.set(5, 1.01);
        assertThat(StandingOut.of(values)).containsExactly(5);
    }

    @Test
    void saysNothingOfAFew() {
        assertThat(StandingOut.of(List.of(1.0, 1.0, 1.0, 0.5))).isEmpty();
        assertThat(StandingOut.of(List.of())).isEmpty();
    }
}
