package io.gpushare.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigLayoutTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"1g.18gb:4", "3g.71gb/1c+2c:1", "1g.18gb+me:1", "1g.18gb+me.all:2", "1g.24gb-me:1"})
    void writesWhatItRead(String text) {
        assertThat(MigLayoutText.write(MigLayoutText.parse(List.of(text)))).containsExactly(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1c", "+me", "0", "/1c", ":1"})
    void refusesWhatGoesOnForEverInAShortSentence(String again) {
        for (String begin : List.of("7g.141gb", "7g.141gb/1c", "7")) {
            assertThatThrownBy(() -> MigLayoutText.parse(List.of(begin + again.repeat(20_000))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("' is no MIG profile")
                    .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(250));
        }
    }

    @Test
    void refusesSizesThatNoInstanceHas() {
        assertThatThrownBy(() -> MigLayoutText.parse(List.of("7g.141gb/99999999999c")))
                .hasMessageContaining("is no MIG profile");
    }
}
