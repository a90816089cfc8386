package io.gpushare.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.00, 0.00",
        "0.59, 0.59, 0.5900",
        "0.0634, 0.0634, 0.06340",
        "0.00045049, 0.000450, 0.0004505",
        "1e-10, 1.00E-10, 1.00E-10",
        "13.04, 13.0, 13.04",
        "1367.4, 1367, 1367",
        "20704722.8, 20.70 M, 20.70 M",
        "-0.05123, -0.0512, -0.05123",
        "1e300, 1.00E+300, 1.00E+300",
        "NaN, –, –",
        "Infinity, –, –"
    })
    void anyNumberIsShort(double value, String glance, String precise) {
        assertThat(Figures.of(value)).isEqualTo(glance);
        assertThat(Figures.precise(value)).isEqualTo(precise);
    }

    @ParameterizedTest
    @CsvSource({"0.99, 99", "0.999, 99.9", "0.5, 50"})
    void percentilesAreWrittenAsPeopleDo(double share, String words) {
        assertThat(Figures.percentile(share)).isEqualTo(words);
    }
}
