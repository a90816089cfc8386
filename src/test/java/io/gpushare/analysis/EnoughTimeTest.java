package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnoughTimeTest {

    @ParameterizedTest
    @CsvSource({
        "10, 5, 30, 120",
        "10.1, 5, 30, 180",
        "4, 5, 30, 20",
        "0, 5, 30, 5",
        "20, 2, 30, 3600",
        "20, 2, 36, 3600",
        "20, 2, 37, 7200",
        "100, 2, 30, 75600"
    })
    void fallsWithTheSquareRootAndIsRoundedUp(double error, double precision, double measuredS, long enoughS) {
        assertThat(EnoughTime.of(error, precision, measuredS)).isEqualTo(Duration.ofSeconds(enoughS));
    }

    @Test
    void refusesWhatHasNoAnswer() {
        assertThatIllegalArgumentException().isThrownBy(() -> EnoughTime.of(1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> EnoughTime.of(Double.NaN, 1, 1));
    }

    /** Of runs of 30 s whose error was above the precision. */
    @Test
    void isEnoughMoreOftenThanNot() {
        SplittableRandom random = new SplittableRandom(3);
        double precision = 1.5;
        int imprecise = 0;
        int enough = 0;
        for (int round = 0; round < 1500; round++) {
            double error = percent(random, 30);
            if (error > precision) {
                imprecise++;
                int windows = (int) EnoughTime.of(error, precision, 30).toSeconds();
                enough += percent(random, windows) <= precision ? 1 : 0;
            }
        }
        assertThat((double) enough / imprecise).isBetween(0.7, 0.8);
    }

    private static double percent(SplittableRandom random, int windows) {
        double[] levels = SimulatedSeries.ALIKE_BY_0_3.levels(random, windows);
        return CoverageTable.throughput(SimulatedSeries.windows(random, levels, 100))
                .percent();
    }
}
