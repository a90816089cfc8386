package io.gpushare.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TypedDurationsTest {
    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "30s,PT30S", "1.5m,PT90S", "2h,PT2H", "7,PT7S", "' 0.5s ',PT0.5S", "8784h,PT8784H"})
    void readsWhatPeopleType(String typed, Duration meant) {
        assertThat(Durations.parse(typed)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "10x", "-5s", "1e3", ".5s", "5.", "1,5s", "5 s", "5S", "PT5S", "٣s"})
    void refusesWhatIsNoDuration(String typed) {
        assertThatThrownBy(() -> Durations.parse(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'%s' is not a duration; write it as 250ms, 30s, 5m or 1h", typed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0h", "0.0000001ms", "8785h", "99999999999999999999999s"})
    void refusesADurationThatNobodyCanMean(String typed) {
        assertThatThrownBy(() -> Durations.parse(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer than nothing and at most a year");
    }

    @Test
    void showsAClock() {
        assertThat(Durations.clock(Duration.ZERO)).isEqualTo("0:00");
        assertThat(Durations.clock(Duration.ofMillis(7_999))).isEqualTo("0:07");
        assertThat(Durations.clock(Duration.ofSeconds(3_599))).isEqualTo("59:59");
        assertThat(Durations.clock(Duration.ofSeconds(3_723))).isEqualTo("1:02:03");
        assertThat(Durations.clock(Duration.ofHours(49))).isEqualTo("49:00:00");
    }
}
