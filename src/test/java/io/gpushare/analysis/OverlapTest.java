package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OverlapTest {
    private record Span(double from, double until) {}

    private static final Overlap<Span> OVERLAP = new Overlap<>(Span::from, Span::until);

    @Test
    void findsWhatALookAtEachWouldFind() {
        List<Span> windows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            double from = i + (i % 3) * 0.1;
            windows.add(new Span(from, from + 0.9));
        }
        for (double from = -2; from < 42; from += 0.35) {
            for (double length : new double[] {0.05, 1, 7.3, 60}) {
                double begin = from;
                double end = from + length;
                assertThat(OVERLAP.of(windows, begin, end))
                        .isEqualTo(windows.stream()
                                .filter(window -> window.from() < end && window.until() > begin)
                                .toList());
            }
        }
    }

    @Test
    void aBorderIsNothingInCommon() {
        List<Span> windows = List.of(new Span(0, 1), new Span(1, 2), new Span(2, 3));

        assertThat(OVERLAP.of(windows, 1, 2)).containsExactly(new Span(1, 2));
        assertThat(OVERLAP.of(List.of(), 1, 2)).isEmpty();
    }
}
