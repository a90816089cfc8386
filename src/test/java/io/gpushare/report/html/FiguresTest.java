package io.gpushare.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.000",
        "0.00013818, 0.000138",
        "0.0776, 0.0776",
        "0.8, 0.800",
        "1.4296, 1.43",
        "-1.5, -1.50",
        "95, 95.0",
        "181.6, 182",
        "4793.98, 4794",
        "999999, 999999",
        "20700000, 20.70 M",
        "20712345, 20.71 M",
        "3e9, 3.00 G",
        "1e300, 1.0E+300",
        "1e-300, 1.0E-300",
        "NaN, –",
        "Infinity, ∞",
        "-Infinity, -∞"
    })
    void numbersHaveThreeDigitsThatCount(double value, String words) {
        assertThat(Figures.number(value)).isEqualTo(words);
    }

    @Test
    void whatJsonCannotSayIsNotDrawn() {
        assertThat(Figures.drawn(Double.NaN)).isNull();
        assertThat(Figures.drawn(Double.NEGATIVE_INFINITY)).isNull();
        assertThat(Figures.drawn(123.456)).hasToString("123.5");
    }
}
