package io.gpushare.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    @Test
    void readsNumbers() {
        assertThat(Numbers.whole("-12")).isEqualTo(-12);
        assertThat(Numbers.within("9223372036854775807", 0, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Numbers.decimal("2.5e3")).isEqualTo(2500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "1.5", "0x10", "1e3", " 1", "١"})
    void refusesWhatIsNoWholeNumber(String text) {
        assertThatThrownBy(() -> Numbers.whole(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not a whole number");
    }

    @ParameterizedTest
    @CsvSource({"0", "11", "99999999999999999999999999999999999999999"})
    void refusesWhatIsOutOfBounds(String text) {
        assertThatThrownBy(() -> Numbers.within(text, 1, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' must be from 1 to 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "1d", "0x1p3", "."})
    void refusesWhatIsNoDecimal(String text) {
        assertThatThrownBy(() -> Numbers.decimal(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not a number");
        assertThatThrownBy(() -> Numbers.decimal("1e999")).hasMessage("'1e999' is too large");
    }
}
