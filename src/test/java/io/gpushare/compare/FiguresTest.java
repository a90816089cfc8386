package io.gpushare.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.0000",
        "0.00012345, 0.000123",
        "0.9953, 0.9953",
        "4.1533, 4.153",
        "53.777, 53.78",
        "238.77, 238.8",
        "12345.6, 12346",
        "100000, 100.0 k",
        "20700000, 20.70 M",
        "-4.1533, -4.153",
        "1e18, 1000 P"
    })
    void showsTheDigitsThatCount(double value, String shown) {
        assertThat(Figures.of(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0.04, 0.0", "-0.04, 0.0", "12.34, +12.3", "-0.5, -0.5", "1084.4, +1084", "1e9, +1.000 G"})
    void givesChangesTheirSign(double percent, String shown) {
        assertThat(Figures.percent(percent)).isEqualTo(shown);
    }
}
