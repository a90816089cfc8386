package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharingIndicesTest {
    private static final double TINY = 1e-12;

    @Test
    void agreesWithTwoTenantsByHand() {
        // Alone 100 and 200 units/s, shared 50 and 150.
        List<Double> progress =
                List.of(SharingIndices.normalisedProgress(100, 50), SharingIndices.normalisedProgress(200, 150));
        assertThat(progress).containsExactly(0.5, 0.75);
        assertThat(SharingIndices.slowdown(200, 150)).isCloseTo(4.0 / 3, within(TINY));
        assertThat(SharingIndices.stp(progress)).isCloseTo(1.25, within(TINY));
        assertThat(SharingIndices.antt(progress)).isCloseTo((2 + 4.0 / 3) / 2, within(TINY));
        assertThat(SharingIndices.fairness(progress)).isCloseTo(2.0 / 3, within(TINY));
        assertThat(SharingIndices.jain(progress)).isCloseTo(1.5625 / (2 * 0.8125), within(TINY));
    }

    @Test
    void givesTurnsOfOneNthThroughputOneAndTurnaroundN() {
        List<Double> turns = Collections.nCopies(4, 0.25);
        assertThat(SharingIndices.stp(turns)).isCloseTo(1, within(TINY));
        assertThat(SharingIndices.antt(turns)).isCloseTo(4, within(TINY));
        assertThat(SharingIndices.fairness(turns)).isEqualTo(1);
        assertThat(SharingIndices.jain(turns)).isCloseTo(1, within(TINY));
    }

    @Test
    void keepsItsBoundsWhateverTheProgress() {
        Random random = new Random(1);
        for (int round = 0; round < 1000; round++) {
            List<Double> progress = new ArrayList<>();
            int n = 1 + random.nextInt(16);
            for (int i = 0; i < n; i++) {
                progress.add(1e-3 + 1.2 * random.nextDouble());
            }
            double jain = SharingIndices.jain(progress);
            assertThat(jain).isBetween(1.0 / n - TINY, 1 + TINY);
            assertThat(SharingIndices.fairness(progress)).isBetween(0.0, 1.0);
            // The harmonic mean of progress is at most its arithmetic mean.
            assertThat(SharingIndices.antt(progress) * SharingIndices.stp(progress))
                    .isGreaterThanOrEqualTo(n - TINY);
            List<Double> doubled = progress.stream().map(one -> 2 * one).toList();
            assertThat(SharingIndices.jain(doubled)).isCloseTo(jain, within(TINY));
            Collections.shuffle(progress, random);
            assertThat(SharingIndices.jain(progress)).isCloseTo(jain, within(TINY));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoProgress(double value) {
        List<Double> progress = List.of(0.5, value);
        assertThatIllegalArgumentException().isThrownBy(() -> SharingIndices.stp(progress));
        assertThatIllegalArgumentException().isThrownBy(() -> SharingIndices.antt(progress));
        assertThatIllegalArgumentException().isThrownBy(() -> SharingIndices.fairness(progress));
        assertThatIllegalArgumentException().isThrownBy(() -> SharingIndices.jain(progress));
        assertThatIllegalArgumentException().isThrownBy(() -> SharingIndices.slowdown(1, value));
        assertThatIllegalArgumentException().isThrownBy(() -> SharingIndices.normalisedProgress(value, 1));
    }

    @Test
    void saysNothingOfNoTenants() {
        assertThatIllegalArgumentException().isThrownBy(() -> SharingIndices.jain(List.of()));
    }
}
