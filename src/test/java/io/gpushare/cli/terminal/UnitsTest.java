package io.gpushare.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UnitsTest {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void restoreTheLocale() {
        Locale.setDefault(before);
    }

    @Test
    void choosesTheUnitThatKeepsTheNumberShort() {
        assertThat(Units.bytes(0)).isEqualTo("0 MiB");
        assertThat(Units.bytes(523L << 20)).isEqualTo("523 MiB");
        assertThat(Units.bytes((1L << 30) - (1L << 20))).isEqualTo("1023 MiB");
        assertThat(Units.bytes(1L << 30)).isEqualTo("1.0 GiB");
        assertThat(Units.bytes(150_754_820_096L)).isEqualTo("140.4 GiB");
    }

    @Test
    void writesTheSameNumbersInEveryLocale() {
        Locale.setDefault(Locale.GERMANY);
        assertThat(Units.gib(3L << 29)).isEqualTo("1.5");
        assertThat(Units.bytes(3L << 29)).isEqualTo("1.5 GiB");
        assertThat(Units.decimals(-2.25, 1)).isEqualTo("-2.3");
    }
}
