package io.gpushare.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AmountTest {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void restoreTheLocale() {
        Locale.setDefault(before);
    }

    @Test
    void choosesTheUnitThatKeepsTheNumberShort() {
        assertThat(Amount.bytes(0)).isEqualTo("0 MiB");
        assertThat(Amount.bytes(523L << 20)).isEqualTo("523 MiB");
        assertThat(Amount.bytes((1L << 30) - (1L << 20))).isEqualTo("1023 MiB");
        assertThat(Amount.bytes(1L << 30)).isEqualTo("1.0 GiB");
        assertThat(Amount.bytes(150_754_820_096L)).isEqualTo("140.4 GiB");
    }

    @Test
    void writesTheSameNumbersInEveryLocale() {
        Locale.setDefault(Locale.GERMANY);
        assertThat(Amount.gib(3L << 29)).isEqualTo("1.5");
        assertThat(Amount.bytes(3L << 29)).isEqualTo("1.5 GiB");
        assertThat(Amount.decimals(-2.25, 1)).isEqualTo("-2.3");
    }
}
