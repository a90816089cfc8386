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

    @ParameterizedTest
    @CsvSource({
        "0, 0.00",
        "0.59, 0.5900",
        "0.0634, 0.06340",
        "0.00045049, 0.0004505",
        "1e-10, 1.00E-10",
        "0.9953, 0.9953",
        "1, 1.000",
        "1.5, 1.500",
        "-20, -20.00",
        "0.125, 0.1250",
        "999.96, 1000",
        "4.1533, 4.153",
        "-4.1533, -4.153",
        "13.04, 13.04",
        "238.77, 238.8",
        "1367.4, 1367",
        "12345.6, 12346",
        "100000, 100.0 k",
        "999999, 1.000 M",
        "20704722.8, 20.70 M",
        "-0.05123, -0.05123",
        "1e17, 100.0 P",
        "1e300, 1.00E+300",
        "NaN, –",
        "Infinity, –"
    })
    void isPreciseWhereItIsCompared(double value, String precise) {
        assertThat(Figure.precise(value)).isEqualTo(precise);
    }

    @ParameterizedTest
    @CsvSource({"0.04, 0.0", "-0.04, 0.0", "12.34, +12.3", "-0.5, -0.5", "1084.4, +1084", "1e9, +1.000 G"})
    void aChangeHasItsSign(double percent, String shown) {
        assertThat(Figure.change(percent)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"99, 99", "99.9, 99.9", "99.90000000000001, 99.9", "10, 10", "0.25, 0.25"})
    void aNumberThatWasTypedStaysAsItWas(double value, String words) {
        assertThat(Figure.asTyped(value)).isEqualTo(words);
    }
}
