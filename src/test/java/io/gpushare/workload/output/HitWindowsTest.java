package io.gpushare.workload.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.workload.output.MeasureRule.Kind;
import io.gpushare.workload.protocol.WorkedWindow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HitWindowsTest {
    private static final long MS = 1_000_000;

    private final HitWindows windows = new HitWindows();

    private List<WorkedWindow> hits(Kind kind, double number, long everyMs, int times) {
        List<WorkedWindow> full = new ArrayList<>();
        for (int i = 1; i <= times; i++) {
            windows.hit(kind, number, i * everyMs * MS).ifPresent(full::add);
        }
        return full;
    }

    @Test
    void aRateCoversTheTimeSinceTheHitBefore() {
        List<WorkedWindow> full = hits(Kind.RATE, 12.3, 300, 10);

        assertThat(full).extracting(WorkedWindow::untilNanos).containsExactly(1200 * MS, 2400 * MS);
        assertThat(full).extracting(WorkedWindow::fromNanos).containsExactly(0L, 1200 * MS);
        assertThat(full).allSatisfy(window -> {
            assertThat(window.units()).isCloseTo(12.3 * 1.2, within(1e-9));
            assertThat(window.steps()).isEqualTo(4);
            assertThat(window.latency()).isEmpty();
        });
        assertThat(windows.rest()).hasValueSatisfying(rest -> {
            assertThat(rest.untilNanos()).isEqualTo(3000 * MS);
            assertThat(rest.units()).isCloseTo(12.3 * 0.6, within(1e-9));
        });
        assertThat(windows.totalUnits()).isCloseTo(12.3 * 3, within(1e-9));
        assertThat(windows.rest()).isEmpty();
    }

    @Test
    void theTimeOfOneIsTheReciprocalOfARate() {
        assertThat(hits(Kind.TIME_EACH, 0.5, 2000, 1))
                .first()
                .satisfies(window -> assertThat(window.units()).isEqualTo(4));
        assertThat(windows.hit(Kind.TIME_EACH, 0, 9000 * MS)).isEmpty();
    }

    @Test
    void aDurationIsAStepWithALatency() {
        List<WorkedWindow> full = hits(Kind.DURATION, 0.25, 250, 4);

        assertThat(full).hasSize(1).first().satisfies(window -> {
            assertThat(window.units()).isEqualTo(4);
            assertThat(window.latency().values()).containsExactly(4L);
        });
    }

    @Test
    void aCountGoesOnFromWhatWasCountedBeforeTheStart() {
        windows.before(Kind.COUNT, 90, 7_000 * MS);
        windows.before(Kind.COUNT, 100, 7_700 * MS);
        windows.starts(8_000 * MS);
        // Of the 0.8 s in which it did 32, the last 0.5 s count.
        windows.hit(Kind.COUNT, 132, 500 * MS);
        WorkedWindow full = windows.hit(Kind.COUNT, 152, 1000 * MS).orElseThrow();

        assertThat(full.units()).isCloseTo(40, within(1e-9));
        // The next epoch counts from nothing.
        assertThat(windows.hit(Kind.COUNT, 10, 2000 * MS).orElseThrow().units()).isEqualTo(10);
    }

    @Test
    void ofAStepThatBeganBeforeTheStartOnlyTheRestCountsAndStepsMayOverlap() {
        windows.hit(Kind.DURATION, 0.8, 200 * MS);
        windows.hit(Kind.DURATION, 0.8, 600 * MS);
        assertThat(windows.hit(Kind.DURATION, 0.8, 1000 * MS)).isPresent();

        assertThat(windows.totalUnits()).isCloseTo(2.25, within(1e-9));
    }

    @Test
    void aProgramThatWasStartedAgainCountsFromNothing() {
        windows.hit(Kind.COUNT, 30, 500 * MS);
        windows.again();

        assertThat(windows.hit(Kind.COUNT, 40, 1500 * MS).orElseThrow().units()).isEqualTo(70);
    }
}
