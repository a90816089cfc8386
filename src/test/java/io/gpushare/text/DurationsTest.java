package io.gpushare.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationsTest {
    @ParameterizedTest
    @CsvSource({"PT0.25S,250ms", "PT1.5S,1500ms", "PT30S,30s", "PT90S,90s", "PT2M,2m", "PT1H30M,90m", "PT2H,2h"})
    void writesWhatItReads(Duration duration, String text) {
        assertThat(Durations.text(duration)).isEqualTo(text);
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }
}
