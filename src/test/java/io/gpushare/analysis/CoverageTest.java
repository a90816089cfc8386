package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.analysis.CoverageTable.Figure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of {@code docs/metrics.md}, with fewer rounds; the tolerance is four standard errors. */
class CoverageTest {

    @ParameterizedTest
    @CsvSource({
        "WHITE,        12, 95.4, 94.8, 96.9, 97.0",
        "WHITE,        30, 95.5, 94.4, 95.8, 95.4",
        "WHITE,        60, 95.1, 95.0, 95.4, 95.4",
        "ALIKE_BY_0_3, 12, 94.9, 94.3, 96.5, 97.0",
        "ALIKE_BY_0_3, 30, 95.1, 94.2, 95.6, 95.6",
        "ALIKE_BY_0_6, 12, 93.1, 92.8, 95.2, 96.1",
        "ALIKE_BY_0_6, 30, 94.2, 94.1, 95.3, 95.2",
        "ALIKE_BY_0_6, 60, 94.7, 95.1, 95.3, 95.5",
        "FLIPPING,     12, 80.1, 92.7, 96.9, 96.3",
        "FLIPPING,     60, 92.3, 95.2, 96.9, 96.1"
    })
    void throughputAndWhatIsMadeOfIt(
            SimulatedSeries series, int windows, double throughput, double total, double slowdown, double stp) {
        int rounds = 700;
        assertCovers(Figure.THROUGHPUT, series, windows, rounds, throughput);
        assertCovers(Figure.TOTAL, series, windows, rounds, total);
        assertCovers(Figure.SLOWDOWN, series, windows, rounds, slowdown);
        assertCovers(Figure.STP, series, windows, rounds, stp);
    }

    @ParameterizedTest
    @CsvSource({
        "WHITE,        30, 95.9, 96.5, 96.5",
        "ALIKE_BY_0_6, 12, 94.5, 94.8, 97.1",
        "ALIKE_BY_0_6, 30, 94.7, 94.5, 93.7",
        "FLIPPING,     30, 91.9, 89.7, 96.1"
    })
    void percentiles(SimulatedSeries series, int windows, double p50, double p90, double p99) {
        int rounds = 200;
        assertCovers(Figure.P50, series, windows, rounds, p50);
        assertCovers(Figure.P90, series, windows, rounds, p90);
        assertCovers(Figure.P99, series, windows, rounds, p99);
    }

    private static void assertCovers(Figure figure, SimulatedSeries series, int windows, int rounds, double percent) {
        double error = Math.sqrt(percent * (100 - percent) / rounds);
        assertThat(CoverageTable.percent(figure, series, windows, rounds))
                .as("%s", figure)
                .isCloseTo(percent, within(4 * error));
    }
}
