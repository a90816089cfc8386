package io.gpushare.results.reading.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.analysis.FullSpeedRate.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WindowBatchesTest {
    private final WindowBatches batches = new WindowBatches();

    @Test
    void keepsWindowsAsTheyAreWhileTheyAreFew() {
        for (int second = 0; second < WindowBatches.MOST; second++) {
            batches.add(second, second + 1, second);
        }
        List<Window> taken = batches.take();
        assertThat(taken).hasSize(WindowBatches.MOST).contains(new Window(7, 8, 7, 0));
        assertThat(batches.take()).isEmpty();
    }

    @Test
    void putsNeighboursTogetherWhereTheyAreVeryMany() {
        int seconds = 10 * WindowBatches.MOST + 3;
        for (int second = 0; second < seconds; second++) {
            batches.add(second, second + 1, 5);
        }
        List<Window> taken = batches.take();
        assertThat(taken)
                .hasSizeBetween(WindowBatches.MOST / 2, WindowBatches.MOST)
                .allSatisfy(window -> assertThat(window.units() / (window.untilS() - window.fromS()))
                        .isCloseTo(5, within(1e-9)));
        assertThat(taken.stream().mapToDouble(Window::units).sum()).isEqualTo(5.0 * seconds);
        assertThat(taken.getFirst().untilS()).isEqualTo(16);
    }

    @Test
    void aGapIsNoTimeOfAnybody() {
        for (int window = 0; window < 2 * WindowBatches.MOST; window++) {
            batches.add(3 * window, 3 * window + 1, 5);
        }
        assertThat(batches.take()).allMatch(window -> window.untilS() - window.fromS() == 2 && window.units() == 10);
    }

    @Test
    void whatHasNoLengthIsNone() {
        batches.add(1, 1, 5);
        assertThat(batches.take()).isEmpty();
    }
}
