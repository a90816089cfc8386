package io.gpushare.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FigureTest {
    @ParameterizedTest
    @CsvSource({
        "7293.4, 7293",
        "99.96, 100",
        "20.66, 20.7",
        "9.996, 10.0",
        "1.866, 1.87",
        "-1.866, -1.87",
        "0, 0.00",
        "0.0665123, 0.0665",
        "0.000012345, 0.0000123",
        "1e-12, 1.00E-12",
        "1254000, 1.254 M",
        "999999, 1.000 M",
        "123456, 123.5 k",
        "1e300, 1.00E+300",
        "NaN, –",
        "Infinity, –"
    })
    void hasAboutThreeDigitsThatCount(double value, String figure) {
        assertThat(Figure.of(value)).isEqualTo(figure);
    }
}
