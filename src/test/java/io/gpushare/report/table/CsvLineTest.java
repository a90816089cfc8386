package io.gpushare.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CsvLineTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "spin; spin",
                "a,b; \"a,b\"",
                "say \"x\"; \"say \"\"x\"\"\"",
                "=cmd|' /C calc'!A0; '=cmd|' /C calc'!A0",
                "+1; '+1",
                "-1; '-1",
                "@SUM(A1); '@SUM(A1)",
                "=a,b; \"'=a,b\"",
                "a=b; a=b"
            })
    void aNameIsNeverAFormula(String name, String cell) {
        assertThat(new CsvLine().name(name)).hasToString(cell);
    }

    @Test
    void aNameEndsNoLine() {
        assertThat(new CsvLine().name("a\r\nb\u001b[2J").name("\t=1")).hasToString("a??b?[2J,?=1");
    }

    @Test
    void numbersKeepTheirSignAndDigits() {
        assertThat(new CsvLine()
                        .number(-0.1)
                        .number(7)
                        .number(1.0 / 3)
                        .nothing()
                        .number(Double.NaN))
                .hasToString("-0.1,7,0.3333333333333333,,");
    }
}
