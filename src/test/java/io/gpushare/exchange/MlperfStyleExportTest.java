package io.gpushare.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.load.scenario.ScenarioPlan;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.results.imported.ImportedBenchmark;
import io.gpushare.results.imported.ImportedBenchmarks;
import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.study.MadeLoad;
import io.gpushare.study.MadeRun;
import io.gpushare.study.Study;
import io.gpushare.study.metric.StudyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MlperfStyleExportTest {
    private static final String REFERENCE = "results/reference/h200/";

    @TempDir
    Path folder;

    private static JsonNode export(String... what) {
        return MlperfStyleExport.of(
                Study.of(
                        ResultReading.read(Arrays.asList(what), ReadingProgress.NONE)
                                .runs(),
                        StudyOptions.DEFAULT),
                "0.1.0+abc");
    }

    @Test
    void writesWhatATenantAndItsLikeDidTogether() {
        JsonNode document = export(REFERENCE + "benchmark_time-slicing_4_20261121T104728Z_bec740.json");

        assertThat(document.path("timestamp").asText()).isEqualTo("2026-11-21T10:47:28Z");
        assertThat(document.path("gpu_info").toString())
                .isEqualTo("{\"name\":\"NVIDIA H200\",\"cuda_version\":\"13.0\",\"total_memory_gb\":150.75}");
        assertThat(document.has("simulated")).isFalse();
        JsonNode first = document.path("benchmarks").path(0);
        assertThat(first.path("scenario").asText()).contains("4 x resnet-infer", "time-slicing", "process");
        assertThat(first.path("batch_size").asInt()).isEqualTo(8);
        assertThat(first.path("duration_sec").asDouble()).isCloseTo(10, within(0.1));
        assertThat(first.path("throughput_samples_per_sec").asDouble()).isPositive();
        assertThat(first.path("latency_p99_ms").asDouble())
                .isGreaterThanOrEqualTo(first.path("latency_p90_ms").asDouble());
    }

    @Test
    void leavesAPercentileOfTooFewLatenciesOut() {
        JsonNode benchmarks = export(REFERENCE + "benchmark_mps_2_20261121T134246Z_c423a3-r1.json")
                .path("benchmarks");

        assertThat(benchmarks).hasSize(2);
        JsonNode starving = benchmarks.path(0);
        assertThat(starving.path("scenario").asText())
                .isEqualTo("bert-infer in 1 x bert-infer + 1 x stream, MPS, process");
        assertThat(starving.path("latency_p99_ms").isNull())
                .as("of 185 latencies")
                .isTrue();
        assertThat(starving.path("latency_p90_ms").isNumber()).isTrue();
    }

    @Test
    void comesBackAsItWent() throws IOException {
        JsonNode document = export(REFERENCE + "benchmark_mps_2_*c423a3*.json");
        Path file = Files.writeString(folder.resolve("plain.json"), document.toString());

        ImportedBenchmarks imported =
                ForeignFile.readForeign(file, Instant.EPOCH, "0.1.0+abc").imported();

        assertThat(imported.writtenBy()).isEqualTo("gpushare 0.1.0+abc");
        assertThat(imported.benchmarks()).hasSize(6);
        assertThat(imported.benchmarks())
                .extracting(ImportedBenchmark::title)
                .contains("bert-infer in 1 x bert-infer + 1 x stream, MPS, process [batch_size=1,unit=sample]");
    }

    @Test
    void carriesWhatScenariosOfMlperfCameTo() throws IOException {
        ScenarioPlan plan = new ScenarioPlan(Scenario.OFFLINE, false, 32, Optional.empty());
        ServedLoad load = MadeLoad.closed(64, 0, 10, 30).judgedBy(plan);
        Study study =
                Study.of(List.of(MadeRun.in("mps").serving("s", load, load).stored()), StudyOptions.DEFAULT);

        JsonNode document = MlperfStyleExport.of(study, "0.1.0+abc");

        JsonNode benchmark = document.at("/benchmarks/0");
        assertThat(benchmark.path("batch_size").asInt()).isEqualTo(32);
        assertThat(benchmark.path("mlperf_scenarios")).hasSize(2).allSatisfy(scenario -> {
            assertThat(scenario.path("name").asText()).isEqualTo("offline");
            assertThat(scenario.path("official").asBoolean(true)).isFalse();
            assertThat(scenario.path("value").asDouble()).isEqualTo(320);
            assertThat(scenario.path("valid").asBoolean()).isTrue();
        });
        Path file = Files.writeString(folder.resolve("plain.json"), document.toString());
        ForeignFile.Content back = ForeignFile.readForeign(file, Instant.EPOCH, "0.1.0+abc");
        assertThat(back.imported().benchmarks()).hasSize(1);
        assertThat(back.notes()).isEmpty();
    }

    @Test
    void refusesToMixSimulatedAndMeasured() throws IOException {
        String measured =
                Files.readString(Path.of(REFERENCE + "benchmark_time-slicing_4_20261121T104728Z_bec740.json"));
        Path simulated = Files.writeString(
                folder.resolve("benchmark_simulated.json"),
                measured.replaceFirst("\"simulated\":\\s*false", "\"simulated\":true")
                        .replaceFirst("_bec740\"", "_000000\""));

        assertThatThrownBy(() -> export(
                        simulated.toString(), REFERENCE + "benchmark_time-slicing_4_20261121T104728Z_bec740.json"))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("some of these runs are simulated and some are measured");
        assertThat(export(simulated.toString()).path("simulated").asBoolean()).isTrue();
    }

    @Test
    void saysThatThereIsNothingToExport() {
        assertThatThrownBy(() -> MlperfStyleExport.of(Study.of(List.of(), StudyOptions.DEFAULT), "x"))
                .isInstanceOf(GpushareException.class)
                .hasMessage("there is no run to export");
    }
}
