package io.gpushare.results.reading.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.results.benchmark.WindowResult;
import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.results.reading.SomeFiles;
import io.gpushare.results.reading.timeline.RunTimeline.Series;
import io.gpushare.results.reading.timeline.RunTimeline.Window;
import io.gpushare.results.stored.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TimelineReaderTest {
    @TempDir
    private Path folder;

    private static final Path REFERENCE = Path.of("results", "reference", "h200");

    @Test
    void showsEveryReferenceRunThatHasSamplesOverTime() {
        List<StoredRun> runs = ResultReading.read(List.of(REFERENCE.toString()), ReadingProgress.NONE).runs().stream()
                .filter(run -> Files.exists(run.file()
                        .resolveSibling(run.result().sampling().path("file").asText())))
                .toList();
        assertThat(runs).hasSizeGreaterThan(30);
        for (StoredRun run : runs) {
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
                        assertThat(phase.untilS()).isBetween(3.9, 30.0);
                    });
            for (Series series : timeline.gpu().values()) {
                assertThat(series.atS()).hasSameSizeAs(series.values()).hasSizeBetween(10, Thinning.MOST_POINTS);
                assertThat(series.atS()).isSorted();
            }
            assertThat(timeline.gpu())
                    .hasEntrySatisfying(
                            "temperature_c",
                            degrees -> assertThat(degrees.unit()).isEqualTo("°C"));
        }
    }

    @Test
    void showsEachWindowOfEachTenant() {
        StoredRun run = ResultReading.read(List.of(REFERENCE.toString()), ReadingProgress.NONE)
                .runs()
                .getFirst();
        List<WindowResult> whole =
                RunResultFile.read(run.file()).tenants().getFirst().work().windows();
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

    private StoredRun copied() throws IOException {
        SomeFiles.copyRun(folder);
        return ResultReading.read(List.of(folder.toString()), ReadingProgress.NONE)
                .runs()
                .getFirst();
    }

    /** The samples of a node's other GPUs are in the same file. */
    @Test
    void ofNodesElsewhereShowsTheGpuThatATenantSaw() throws IOException {
        SomeFiles.copyRun(folder);
        Path file = folder.resolve(SomeFiles.RESULT);
        ObjectNode result = (ObjectNode) new ObjectMapper().readTree(file.toFile());
        ((ObjectNode) result.path("sampling")).putArray("nodes");
        Files.writeString(file, result.toString());
        assertThat(only().gpu()).isNotEmpty();

        for (JsonNode tenant : result.path("tenants")) {
            ((ObjectNode) tenant.at("/said/device")).put("uuid", "GPU-of-another-node");
        }
        Files.writeString(file, result.toString());
        assertThat(only().gpu()).isEmpty();
    }

    private RunTimeline only() {
        return TimelineReader.read(ResultReading.read(List.of(folder.toString()), ReadingProgress.NONE)
                .runs()
                .getFirst());
    }

    @Test
    void saysThatSamplesAreMissingAndShowsTheWindows() throws IOException {
        StoredRun run = copied();
        Files.delete(folder.resolve(SomeFiles.MONITOR));
        RunTimeline timeline = TimelineReader.read(run);
        assertThat(timeline.missing()).contains(SomeFiles.MONITOR + " is not there");
        assertThat(timeline.gpu()).isEmpty();
        assertThat(timeline.phases()).isEmpty();
        assertThat(timeline.tenants().getFirst().windows()).isNotEmpty();
    }

    @Test
    void findsTheSamplesOfARunThatWasNamedByALink() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("newest.json"), copied().file());
        StoredRun run = ResultReading.read(List.of(link.toString()), ReadingProgress.NONE)
                .runs()
                .getFirst();
        assertThat(TimelineReader.read(run).missing()).isEmpty();
        assertThat(ResultReading.read(List.of(link.toString(), folder.toString()), ReadingProgress.NONE)
                        .runs())
                .extracting(StoredRun::file)
                .containsExactly(folder.resolve(SomeFiles.RESULT));
    }

    @Test
    void saysThatTheResultItselfIsGone() throws IOException {
        StoredRun run = copied();
        Files.delete(run.file());
        RunTimeline timeline = TimelineReader.read(run);
        assertThat(timeline.missing()).contains("its windows were not read again: it is not there");
        assertThat(timeline.gpu()).isNotEmpty();
    }

    @Test
    void doesNotWaitForSamplesThatAreNoFile() throws IOException, InterruptedException {
        StoredRun run = copied();
        Path monitor = folder.resolve(SomeFiles.MONITOR);
        Files.delete(monitor);
        assumeThat(new ProcessBuilder("mkfifo", monitor.toString()).start().waitFor())
                .isZero();
        assertThat(TimelineReader.read(run).missing()).contains(SomeFiles.MONITOR + " is no regular file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../gpu_monitor.json", "/etc/passwd", "..", "a/b", "\0"})
    void readsNoFileElsewhere(String name) throws IOException {
        StoredRun run = copied();
        run.result().sampling().put("file", name);
        assertThat(TimelineReader.read(run).missing())
                .hasValueSatisfying(
                        why -> assertThat(why).startsWith("it names a file of samples that is not beside it"));
    }

    @Test
    void keepsThePeaksOfLongSeries() throws IOException {
        StoredRun run = copied();
        StringBuilder times = new StringBuilder("0");
        StringBuilder watts = new StringBuilder("100");
        for (int i = 1; i < 30_000; i++) {
            times.append(',').append(20 * i);
            watts.append(',').append(i == 12_345 ? "700" : i == 23_456 ? "5" : i % 7 == 0 ? "null" : "100");
        }
        Files.writeString(
                folder.resolve(SomeFiles.MONITOR),
                "{\"kind\":\"gpu_monitor\",\"phases\":[{\"name\":\"measure"
                        + " tenants\",\"start_ms\":1000,\"end_ms\":2000}],"
                        + "\"tables\":[{\"subject_kind\":\"host\",\"shape\":\"series\",\"columns\":{\"elapsed_ms\":[1],"
                        + "\"memory_used_bytes\":[1]}},{\"subject_kind\":\"gpu\",\"shape\":\"series\",\"columns\":{\"elapsed_ms\":["
                        + times + "],\"power_recorded_w\":[" + watts + "]}}]}");
        RunTimeline timeline = TimelineReader.read(run);
        assertThat(timeline.missing()).isEmpty();
        assertThat(timeline.gpu()).containsOnlyKeys("power_recorded_w");
        assertThat(timeline.gpu()).hasEntrySatisfying("power_recorded_w", power -> {
            assertThat(power.unit()).isEqualTo("W");
            assertThat(power.values()).contains(700.0, 5.0).hasSizeLessThanOrEqualTo(Thinning.MOST_POINTS);
            assertThat(power.atS().get(power.values().indexOf(700.0))).isCloseTo(12_345 * 0.02 - 1, within(1e-9));
            assertThat(power.atS()).isSorted();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2]", "[\"x\"]", "[1e999]", "{}", "[1", "[[1]]"})
    void saysWhatIsWrongWithSamples(String watts) throws IOException {
        StoredRun run = copied();
        Files.writeString(
                folder.resolve(SomeFiles.MONITOR),
                "{\"kind\":\"gpu_monitor\",\"phases\":[],\"tables\":[{\"subject_kind\":\"gpu\",\"shape\":\"series\","
                        + "\"columns\":{\"elapsed_ms\":[1],\"power_w\":" + watts + "}}]}");
        RunTimeline timeline = TimelineReader.read(run);
        assertThat(timeline.missing()).hasValueSatisfying(why -> assertThat(why).startsWith(SomeFiles.MONITOR));
        assertThat(timeline.gpu()).isEmpty();
        assertThat(timeline.tenants()).isNotEmpty();
    }
}
