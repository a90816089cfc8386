package io.gpushare.results.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.results.benchmark.WindowResult;
import io.gpushare.results.reading.RunTimeline.Series;
import io.gpushare.results.reading.RunTimeline.Window;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimelineReaderTest {
    private static final Path REFERENCE = Path.of("results", "reference", "h200");

    @Test
    void showsEveryReferenceRunOverTime() {
        for (StoredRun run : ResultReading.read(List.of(REFERENCE.toString()), ReadingProgress.NONE)
                .runs()) {
            RunTimeline timeline = TimelineReader.read(run);
            assertThat(timeline.missing()).isEmpty();
            assertThat(timeline.gpu())
                    .containsKeys(
                            "power_w",
                            "power_recorded_w",
                            "gpu_utilization_percent",
                            "sm_active_percent",
                            "dram_active_percent",
                            "temperature_c",
                            "sm_clock_mhz",
                            "memory_used_bytes");
            assertThat(timeline.phases())
                    .filteredOn(phase -> phase.name().equals("measure tenants"))
                    .singleElement()
                    .satisfies(phase -> {
                        assertThat(phase.fromS()).isZero();
                        assertThat(phase.untilS()).isCloseTo(10, within(0.1));
                    });
            for (Series series : timeline.gpu().values()) {
                assertThat(series.atS()).hasSameSizeAs(series.values()).hasSizeBetween(10, Thinning.MOST_POINTS);
                assertThat(series.atS()).isSorted();
            }
            assertThat(timeline.gpu()).hasEntrySatisfying("temperature_c", degrees -> assertThat(degrees.unit())
                    .isEqualTo("°C"));
        }
    }

    @Test
    void showsEachWindowOfEachTenant() {
        StoredRun run = ResultReading.read(List.of(REFERENCE.toString()), ReadingProgress.NONE)
                .runs()
                .getFirst();
        List<WindowResult> whole =
                RunResultFile.read(run.file()).tenants().getFirst().windows();
        List<Window> windows = TimelineReader.read(run).tenants().getFirst().windows();
        assertThat(windows).hasSameSizeAs(whole);
        for (int i = 0; i < whole.size(); i++) {
            WindowResult expected = whole.get(i);
            assertThat(windows.get(i).fromS()).isEqualTo(expected.fromS());
            assertThat(windows.get(i).counted()).isEqualTo(expected.counted());
            assertThat(windows.get(i).unitsPerSec())
                    .isCloseTo(expected.units() / (expected.untilS() - expected.fromS()), within(1e-9));
            assertThat(windows.get(i).p99Ms().orElseThrow())
                    .isEqualTo(expected.latency().quantileNanos(0.99).orElseThrow() / 1e6);
        }
    }
}
