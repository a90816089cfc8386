package io.gpushare.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TickLabelTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.5, 0",
        "1, 0.5, 1.0",
        "0.25, 0.25, 0.25",
        "7500, 2500, 7500",
        "20000, 5000, 20\u202f000",
        "150000, 50000, 150\u202fk",
        "2000000, 500000, 2\u202fM",
        "0.000003, 0.000001, 3\u202fµ",
        "0.000000002, 0.000000001, 2\u202fn"
    })
    void ticksHaveTheDecimalsOfTheirStep(double value, double step, String words) {
        assertThat(TickLabel.of(value, step)).isEqualTo(words);
    }
}
