package io.gpushare.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScaledNumberTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.00",
        "2.034, 2.03",
        "158.44, 158.4",
        "2913.4, 2913",
        "81920, 81920",
        "100000, 100.0 k",
        "999999, 1.000 M",
        "20704722.8, 20.70 M",
        "-8052452.8, -8.052 M",
        "3.1e12, 3.100 T",
        "0.0662, 0.07",
        "0.00123456, 1.23 m",
        "0.0000132, 13.2 µ",
        "1e-15, 0.001 p"
    })
    void isShortWhateverItsSize(double value, String text) {
        assertThat(ScaledNumber.of(value)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"20704722.8, 20.70 M additions/s", "81.54, 81.5 additions/s"})
    void thePrefixBelongsToTheUnit(double value, String text) {
        assertThat(ScaledNumber.perSecond(value, "addition")).isEqualTo(text);
    }
}
