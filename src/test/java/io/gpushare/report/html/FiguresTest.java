package io.gpushare.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FiguresTest {
    @Test
    void whatJsonCannotSayIsNotDrawn() {
        assertThat(Figures.drawn(Double.NaN)).isNull();
        assertThat(Figures.drawn(Double.NEGATIVE_INFINITY)).isNull();
        assertThat(Figures.drawn(123.456)).hasToString("123.5");
    }
}
