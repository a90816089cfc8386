package io.gpushare.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlottedTest {
    @Test
    void whatJsonCannotSayIsNotDrawn() {
        assertThat(Plotted.of(Double.NaN)).isNull();
        assertThat(Plotted.of(Double.NEGATIVE_INFINITY)).isNull();
        assertThat(Plotted.of(123.456)).hasToString("123.5");
    }
}
