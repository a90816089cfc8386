package io.gpushare.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.results.reading.timeline.RunTimeline.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TenantRatesTest {
    private static Window window(double fromS, double untilS, double unitsPerSec, boolean counted) {
        return new Window(fromS, untilS, unitsPerSec, counted, Optional.empty(), Optional.empty());
    }

    @Test
    void workloadsWhoseLinesLieOverEachOtherAreSeenAll() {
        assertThat(IntStream.range(0, 4)
                        .mapToObj(place -> TenantRates.stroke(place, 3).getDashArray())
                        .map(Arrays::toString)
                        .distinct())
                .hasSize(4);
    }

    @Test
    void aRemnantThatDoesNotCountIsNoJumpAtTheEnd() {
        List<Window> windows = List.of(
                window(0, 1, 998, true),
                window(1, 2, 997, true),
                window(2, 2.9, 996, false),
                window(2.9, 2.902, 1690, false));

        assertThat(TenantRates.wholeWindows(windows))
                .extracting(Window::unitsPerSec)
                .containsExactly(998.0, 997.0, 996.0);
    }
}
