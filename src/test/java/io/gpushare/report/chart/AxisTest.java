package io.gpushare.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AxisTest {
    @Test
    void beginsAtZeroWithRoundSteps() {
        assertThat(labels(Axis.fromZero(7274 * 1.08, 5))).containsExactly("0", "2000", "4000", "6000");
        assertThat(labels(Axis.fromZero(1.3, 4))).containsExactly("0", "0.5", "1.0");
        assertThat(labels(Axis.fromZero(0.92, 4))).containsExactly("0", "0.25", "0.50", "0.75");
    }

    @Test
    void everyTickSaysWhatItIs() {
        for (double highest : new double[] {1e-8, 3e-5, 0.004, 0.07, 0.9, 13, 260, 7e3, 1.3e5, 8e6, 4e10}) {
            assertThat(labels(Axis.fromZero(highest, 5)))
                    .as("up to " + highest)
                    .hasSizeBetween(3, 8)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void nothingAtAllStillHasAnAxis() {
        assertThat(labels(Axis.fromZero(0, 4))).startsWith("0");
        assertThat(labels(Axis.fromZero(Double.NaN, 4))).startsWith("0");
        assertThat(Axis.logarithmic(5, 5, 0.1).ticks()).isNotEmpty();
    }

    @Test
    void logarithmicAxisHasAsManyRoundNumbersAsFindRoom() {
        assertThat(labels(Axis.logarithmic(2.7, 110, 0.12))).containsExactly("5", "10", "20", "50", "100");
        assertThat(labels(Axis.logarithmic(2.7, 110, 0.2))).containsExactly("3", "10", "30", "100");
        assertThat(labels(Axis.logarithmic(1, 13, 0.05))).contains("1", "1.5", "2", "10");
        assertThat(Axis.logarithmic(1, 100, 0.1).place(10)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void percentilesAreEvenInHowFewAreLonger() {
        Axis axis = Axis.percentiles(0.999);

        assertThat(labels(axis)).containsExactly("0", "50", "90", "99", "99.9");
        assertThat(axis.place(0.9)).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(axis.place(0.99)).isCloseTo(2.0 / 3, within(1e-9));
    }

    private static List<String> labels(Axis axis) {
        return axis.ticks().stream().map(Axis.Tick::label).toList();
    }
}
