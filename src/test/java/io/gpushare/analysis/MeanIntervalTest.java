package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeanIntervalTest {

    @Test
    void agreesWithTheTableOfStudent() {
        // Mean 3, deviation √2.5, t(0.975; 4) = 2.776445.
        MeanInterval interval = MeanInterval.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0));
        assertThat(interval.n()).isEqualTo(5);
        assertThat(interval.mean()).isEqualTo(3);
        MeanInterval.Spread spread = interval.spread().orElseThrow();
        assertThat(spread.standardDeviation()).isCloseTo(Math.sqrt(2.5), within(1e-12));
        double half = 2.776445 * Math.sqrt(2.5) / Math.sqrt(5);
        assertThat(spread.lower()).isCloseTo(3 - half, within(1e-6));
        assertThat(spread.upper()).isCloseTo(3 + half, within(1e-6));
    }

    /** Two-sided 95 % points by degrees of freedom, as in any printed table of Student's t. */
    @ParameterizedTest
    @CsvSource({"1, 12.706", "2, 4.303", "3, 3.182", "4, 2.776", "5, 2.571", "9, 2.262", "29, 2.045", "99, 1.984"})
    void hasTheHalfWidthOfStudentsTable(int freedom, double t) {
        List<Double> values =
                IntStream.rangeClosed(0, freedom).mapToObj(i -> (double) i * i).toList();
        MeanInterval interval = MeanInterval.of(values);
        MeanInterval.Spread spread = interval.spread().orElseThrow();
        double half = t * spread.standardDeviation() / Math.sqrt(freedom + 1.0);
        assertThat((spread.upper() - interval.mean()) / half).isCloseTo(1, within(5e-4));
        assertThat((interval.mean() - spread.lower()) / half).isCloseTo(1, within(5e-4));
    }

    @Test
    void isWideForTwoValues() {
        // Deviation √2, t(0.975; 1) = 12.7062.
        MeanInterval.Spread spread =
                MeanInterval.of(List.of(9.0, 11.0)).spread().orElseThrow();
        assertThat(spread.upper() - 10).isCloseTo(12.7062, within(1e-4));
    }

    @Test
    void oneRunHasNoDeviation() {
        assertThat(MeanInterval.of(List.of(7.0)).mean()).isEqualTo(7);
        assertThat(MeanInterval.of(List.of(7.0)).spread()).isEmpty();
    }

    @Test
    void equalValuesHaveAnIntervalOfNoWidth() {
        assertThat(MeanInterval.of(List.of(7.0, 7.0, 7.0)).spread()).contains(new MeanInterval.Spread(0, 7, 7));
    }

    @Test
    void refusesWhatHasNoMean() {
        assertThatIllegalArgumentException().isThrownBy(() -> MeanInterval.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> MeanInterval.of(List.of(1.0, Double.NaN)));
    }
}
