package io.gpushare.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationsTextTest {
    @ParameterizedTest
    @CsvSource({
        "PT30S,30s",
        "PT90S,90s",
        "PT20M,20m",
        "PT2H,2h",
        "PT0.1S,100ms",
        "PT2.5S,2500ms",
        "PT0.0000015S,0.001500ms"
    })
    void writesWhatItReadsBackAsTheSame(Duration duration, String text) {
        assertThat(Durations.text(duration)).isEqualTo(text);
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }
}
