package io.gpushare.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeForRunsTest {
    @ParameterizedTest
    @CsvSource({"30, 30, 5", "30, 25, 9", "60, 30, 25", "600, 10, 30", "20, 27, 7", "10, 27, 7", "1, 500, 5"})
    void wholeRoundsFitWhereTheyCan(int minutes, int runs, int seconds) {
        assertThat(TimeForRuns.each(Duration.ofMinutes(minutes), runs)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
