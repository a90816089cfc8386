package io.gpushare.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DigitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.0774, 0.077",
        "0.994, 0.99",
        "2.913, 2.91",
        "9.996, 10.0",
        "13.07, 13.1",
        "99.96, 100",
        "1975.9, 1976",
        "6766, 6766",
        "12345, 12\u202f345",
        "99949, 99\u202f949",
        "123456, 123\u202fk",
        "2345678, 2.35\u202fM",
        "0.0031, 0.0031",
        "NaN, –",
        "-1.5, −1.50"
    })
    void threeDigitsCount(double value, String words) {
        assertThat(Digits.of(value)).isEqualTo(words);
    }

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
        assertThat(Digits.ofTick(value, step)).isEqualTo(words);
    }
}
