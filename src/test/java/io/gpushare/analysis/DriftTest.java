package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.analysis.Drift.Drifting;
import io.gpushare.analysis.Drift.NotShown;
import io.gpushare.analysis.Drift.TooFewWindows;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriftTest {
    private static final int ROUNDS = 4000;

    /** By numpy and scipy, from the formulas. */
    @Test
    void agreesWithNumpy() {
        double[] levels = {103, 98, 101, 97, 95, 96, 99, 104, 106, 103, 110, 112};
        assertThat(Drift.of(levels, 10)).isInstanceOfSatisfying(NotShown.class, drift -> {
            assertThat(drift.percent()).isCloseTo(12.176059234882764, within(1e-9));
            assertThat(drift.errorPercent()).isCloseTo(47.202540804217165, within(1e-9));
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {-30, 30})
    void saysByHowMuchAndWhichWay(double percent) {
        Drift drift = of(24, i -> 100 + percent * ((i + 0.5) / 24 - 0.5));
        assertThat(drift).isInstanceOfSatisfying(Drifting.class, drifting -> {
            assertThat(drifting.percent()).isCloseTo(percent, within(1e-9));
            assertThat(drifting.errorPercent()).isCloseTo(0, within(1e-9));
        });
    }

    @Test
    void passesWhatIsWithinThePrecision() {
        assertThat(of(24, i -> 100 + 9 * (i / 23.0))).isInstanceOf(NotShown.class);
        assertThat(of(24, _ -> 0)).isEqualTo(new NotShown(0, 0));
    }

    @Test
    void findsAWarmUp() {
        assertThat(of(30, i -> 100 * (1 - 0.5 * Math.exp(-i / 8.0)))).isInstanceOf(Drifting.class);
    }

    @Test
    void needsFourWindows() {
        assertThat(of(3, i -> i)).isEqualTo(new TooFewWindows(3));
        assertThat(of(4, i -> 100 + 10 * i)).isInstanceOf(Drifting.class);
    }

    /** Noise of 5 %, and no drift. Of noise alone a trend is significant in one of twenty. */
    @ParameterizedTest
    @CsvSource({
        "WHITE, 12",
        "WHITE, 30",
        "WHITE, 60",
        "ALIKE_BY_0_3, 12",
        "ALIKE_BY_0_3, 30",
        "ALIKE_BY_0_6, 12",
        "ALIKE_BY_0_6, 30",
        "ALIKE_BY_0_6, 60",
        "FLIPPING, 12",
        "FLIPPING, 30",
        "FLIPPING, 60"
    })
    void findsNoneInNoise(SimulatedSeries series, int windows) {
        assertThat(CoverageTable.percentDrifting(series, windows, 1, 0, ROUNDS)).isLessThan(5);
        assertThat(CoverageTable.percentDrifting(series, windows, 4, 0, ROUNDS)).isLessThan(7.5);
    }

    /** By 20 %, twice the precision, where noise is 5 % (1) or 3 % (0.6). */
    @ParameterizedTest
    @CsvSource({
        "WHITE, 30, 1",
        "WHITE, 60, 1",
        "WHITE, 20, 0.6",
        "ALIKE_BY_0_3, 60, 1",
        "ALIKE_BY_0_3, 30, 0.6",
        "ALIKE_BY_0_6, 60, 1",
        "ALIKE_BY_0_6, 30, 0.6"
    })
    void findsTwiceThePrecision(SimulatedSeries series, int windows, double noise) {
        assertThat(CoverageTable.percentDrifting(series, windows, noise, 0.2, ROUNDS))
                .isGreaterThan(95);
    }

    private static Drift of(int windows, IntToDoubleFunction level) {
        return Drift.of(IntStream.range(0, windows).mapToDouble(level).toArray(), 10);
    }
}
