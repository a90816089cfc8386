package io.gpushare.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.results.imported.ForeignFormat;
import io.gpushare.results.imported.ImportedBenchmark;
import io.gpushare.results.imported.ImportedBenchmark.Gpu;
import io.gpushare.results.imported.ImportedBenchmark.Measure;
import io.gpushare.results.imported.ImportedBenchmarks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ForeignFileTest {
    private static final Instant NOW = Instant.parse("2026-11-21T16:00:00Z");

    @TempDir
    Path folder;

    static byte[] example(String name) throws IOException {
        try (InputStream in = ForeignFileTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("bench.json"), content);
    }

    private ForeignFile.Content read(String content) throws IOException {
        return ForeignFile.readForeign(file(content), NOW, "0.1.0+abc");
    }

    private ForeignFile.Content readExample(String name) throws IOException {
        Path file = Files.write(folder.resolve(name), example(name));
        return ForeignFile.readForeign(file, NOW, "0.1.0+abc");
    }

    private void assertRefused(String content, String why) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> ForeignFile.readForeign(file, NOW, "0.1.0+abc"))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        failure -> assertThat(failure.status()).isEqualTo(ExitStatus.FAILED))
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(why);
    }

    private static Map<String, Double> values(ImportedBenchmark benchmark) {
        return benchmark.measures().stream()
                .collect(Collectors.toMap(
                        Measure::key, measure -> measure.values().getFirst()));
    }

    @Test
    void readsWhatVllmMeasuredOfAServer() throws IOException {
        ForeignFile.Content content = readExample("vllm-bench.json");
        ImportedBenchmark benchmark = content.imported().benchmarks().getFirst();

        assertThat(content.imported().format()).isEqualTo(ForeignFormat.VLLM_BENCH);
        assertThat(content.imported().measuredAt()).contains("20260811-101500");
        assertThat(content.notes()).containsExactly("2 requests failed, and are not among its numbers.");
        assertThat(benchmark.title()).isEqualTo("serving [model=tiny/llm,request_rate=4.0]");
        assertThat(values(benchmark))
                .containsEntry("request_throughput_per_sec", 3.952)
                .containsEntry("output_token_throughput_per_sec", 252.93)
                .containsEntry("latency_p50_ms", 731.0)
                .containsEntry("latency_p99_ms", 968.0)
                .containsEntry("time_to_first_token_mean_ms", 41.5)
                .containsEntry("time_per_output_token_p99_ms", 14.1)
                .containsEntry("inter_token_latency_p50_ms", 10.6)
                .doesNotContainKey("goodput_per_sec");
    }

    @Test
    void readsEachBenchmarkOfGuidellm() throws IOException {
        ForeignFile.Content content = readExample("guidellm.json");

        assertThat(content.imported().format()).isEqualTo(ForeignFormat.GUIDELLM);
        assertThat(content.imported().writtenBy()).isEqualTo("guidellm 0.3.0");
        assertThat(content.notes())
                .containsExactly("4 requests failed or did not come to their end, and are not among its numbers.");
        assertThat(content.imported().benchmarks())
                .extracting(ImportedBenchmark::title)
                .containsExactly(
                        "serving [strategy=poisson,request_rate=4.0]", "serving [strategy=poisson,request_rate=8.0]");
        assertThat(values(content.imported().benchmarks().getFirst()))
                .containsEntry("request_throughput_per_sec", 3.93)
                .containsEntry("output_token_throughput_per_sec", 251.2)
                .containsEntry("latency_p50_ms", 730.0)
                .containsEntry("latency_p99_ms", 970.0)
                .containsEntry("time_to_first_token_mean_ms", 41.8)
                .containsEntry("time_per_output_token_p99_ms", 14.2)
                .doesNotContainKey("inter_token_latency_p50_ms");
    }

    @Test
    void readsWhatAiperfMeasuredOfAServer() throws IOException {
        ImportedBenchmarks imported = readExample("profile_export_aiperf.json").imported();
        ImportedBenchmark benchmark = imported.benchmarks().getFirst();

        assertThat(imported.format()).isEqualTo(ForeignFormat.AIPERF);
        assertThat(imported.measuredAt()).contains("2026-08-11T10:15:00.939332");
        assertThat(benchmark.title()).isEqualTo("serving [model=tiny/llm,concurrency=8]");
        assertThat(values(benchmark))
                .containsEntry("request_throughput_per_sec", 3.94)
                .containsEntry("latency_p99_ms", 971.4)
                .containsEntry("time_to_first_token_p95_ms", 61.0)
                // Its inter-token latency is a request's mean, which others call time per output token.
                .containsEntry("time_per_output_token_p99_ms", 14.2)
                .doesNotContainKeys("inter_token_latency_p99_ms", "time_to_first_token_p99_ms");
    }

    @Test
    void readsWhatGpushareMeasuredOfAServerLikeTheOthers() throws IOException {
        ImportedBenchmarks imported = read("""
                {"schema_version": 1, "kind": "load", "tool_version": "0.1.0+abc",
                 "asked": {"loop": "open", "mean_rate": 4.0},
                 "measurement": {"measured_at": "2026-11-21T16:00:00Z",
                  "request_throughput": {"unit": "requests/sec", "avg": 4.01, "error_percent": 1.2},
                  "goodput": {"unit": "requests/sec", "avg": 3.9, "share": 0.97},
                  "request_latency": {"unit": "ms", "avg": 700, "p99": 960.5, "p99.9": 961},
                  "inter_token_latency": {"unit": "ms", "avg": 11, "p50": 10.5}}}
                """).imported();
        ImportedBenchmark benchmark = imported.benchmarks().getFirst();

        assertThat(imported.format()).isEqualTo(ForeignFormat.GPUSHARE_LOAD);
        assertThat(imported.writtenBy()).isEqualTo("gpushare 0.1.0+abc");
        assertThat(values(benchmark))
                .containsEntry("request_throughput_per_sec", 4.01)
                .containsEntry("goodput_per_sec", 3.9)
                .containsEntry("latency_p99_ms", 960.5)
                .containsEntry("inter_token_latency_p50_ms", 10.5);
    }

    @Test
    void aSearchForAPeakIsNoMeasurement() throws IOException {
        assertRefused(
                "{\"schema_version\": 1, \"kind\": \"load\", \"measurement\": null, \"peak\": {}}",
                "a search for the highest rate");
    }

    @Test
    void keepsEveryTimeThatHyperfineMeasured() throws IOException {
        ImportedBenchmarks imported = readExample("hyperfine-1.15.json").imported();

        assertThat(imported.format()).isEqualTo(ForeignFormat.HYPERFINE);
        assertThat(imported.writtenBy()).isEqualTo("hyperfine 1");
        assertThat(imported.importedAt()).isEqualTo(NOW);
        assertThat(imported.source().name()).isEqualTo("hyperfine-1.15.json");
        assertThat(imported.benchmarks())
                .extracting(ImportedBenchmark::title)
                .containsExactly("sleep 0.01 [s=0.01]", "sleep 0.02 [s=0.02]");
        Measure duration = imported.benchmarks().getFirst().measures().getFirst();
        assertThat(duration.key()).isEqualTo("duration_s");
        assertThat(duration.samples())
                .containsExactly(0.011327684000000001, 0.011375595, 0.011316797, 0.011583496, 0.011234876000000001);
        assertThat(duration.reported()).containsEntry("median", 0.011327684000000001);
        assertThat(imported.benchmarks().getFirst().measures())
                .extracting(Measure::key)
                .containsExactly("duration_s", "user_s", "system_s");
    }

    @Test
    void namesTheSourceByItsDigest() throws IOException {
        assertThat(readExample("hyperfine-1.15-failing.json")
                        .imported()
                        .source()
                        .sha256())
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(
                        readExample("hyperfine-1.15.json").imported().source().sha256());
    }

    @Test
    void countsCommandsThatFailed() throws IOException {
        assertThat(readExample("hyperfine-1.15-failing.json")
                        .imported()
                        .benchmarks()
                        .getFirst()
                        .failedRuns())
                .isEqualTo(4);
    }

    @Test
    void readsTheSecondVersionOfHyperfineInItsUnits() throws IOException {
        ImportedBenchmarks imported = readExample("hyperfine-2.json").imported();

        assertThat(imported.writtenBy()).isEqualTo("hyperfine 2.0.0-alpha.2");
        assertThat(imported.measuredAt()).hasValue("2026-10-06T14:06:00Z");
        ImportedBenchmark benchmark = imported.benchmarks().getFirst();
        assertThat(benchmark.title()).isEqualTo("sleep for 1 seconds [duration=1]");
        assertThat(benchmark.failedRuns()).as("one was ended by a signal").isEqualTo(1);
        assertThat(benchmark.measures())
                .containsExactly(
                        new Measure("duration_s", "s", List.of(1.25, 1.75), Map.of()),
                        new Measure("user_s", "s", List.of(0.0005, 0.0007), Map.of()),
                        new Measure("peak_memory_bytes", "B", List.of(2048.0 * 1024, 2050.0 * 1024), Map.of()),
                        new Measure("instructions", "count", List.of(1e6, 1000100.0), Map.of()));
    }

    @Test
    void readsSimpleGpuBenchmarks() throws IOException {
        ForeignFile.Content content = readExample("gpu-benchmark.json");

        ImportedBenchmarks imported = content.imported();
        assertThat(imported.format()).isEqualTo(ForeignFormat.MLPERF_STYLE);
        assertThat(imported.writtenBy()).isEqualTo("unknown");
        assertThat(imported.measuredAt()).hasValue("2026-11-20T09:30:00.123456");
        assertThat(imported.simulated()).isFalse();
        ImportedBenchmark offline = imported.benchmarks().getFirst();
        assertThat(offline.title()).isEqualTo("offline [batch_size=32,model=resnet50]");
        assertThat(offline.gpu())
                .hasValue(new Gpu(Optional.of("NVIDIA A100-SXM4-40GB"), Optional.of("12.4"), Optional.of(39.4)));
        assertThat(offline.measures())
                .extracting(Measure::key)
                .containsExactly("throughput_samples_per_sec", "latency_p90_ms", "latency_p99_ms", "duration_s");
        assertThat(imported.benchmarks().get(1).measures())
                .as("null is what nobody knows")
                .extracting(Measure::key)
                .containsExactly("throughput_samples_per_sec", "latency_p90_ms", "duration_s");
        assertThat(content.notes()).containsExactly("Left out, because nobody says what they count: iterations.");
    }

    @Test
    void takesTheMeanWhereThereAreNoTimes() throws IOException {
        ImportedBenchmarks imported = read("""
            {"results":[{"command":"x","mean":2.5,"stddev":null,"exit_codes":[0]}]}
            """).imported();

        assertThat(imported.benchmarks().getFirst().measures().getFirst().values())
                .containsExactly(2.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"results\":[]} | results must be an array with something in it",
                "{\"results\":[7]} | results[0] must be an object, and is 7",
                "{\"results\":[{\"mean\":1}]} | results[0].command must be a text, and is missing",
                "{\"results\":[{\"command\":\"x\"}]} | results[0].mean must be a number that is not below 0, and 10^18"
                        + " at most, and is missing",
                "{\"results\":[{\"command\":\"x\",\"mean\":-1}]} | results[0].mean must be a number that is not below"
                        + " 0, and 10^18 at most, and is -1",
                "{\"results\":[{\"command\":\"x\",\"mean\":1e999}]} | results[0].mean must be a number that is not"
                        + " below 0",
                "{\"results\":[{\"command\":\"x\",\"mean\":1,\"times\":[1,\"2\"]}]} | results[0].times[1] must be a"
                        + " number",
                "{\"results\":[{\"command\":\"x\",\"mean\":5,\"times\":[1,2]}]} | results[0].mean is 5.0, and the"
                        + " times beside it say 1.5",
                "{\"results\":[{\"command\":\"x\",\"mean\":1,\"times\":[1],\"exit_codes\":[0,0]}]} | exit_codes has 2"
                        + " elements, and there are 1 times",
                "{\"results\":[{\"command\":\"x\",\"mean\":1,\"times\":[1],\"exit_codes\":[\"0\"]}]} | exit_codes[0]"
                        + " must be a whole number or null",
                "{\"results\":[{\"command\":\"x\",\"mean\":1,\"parameters\":[1]}]} | results[0].parameters must be an"
                        + " object, and is an array of 1 element",
                "{\"schema_version\":3,\"results\":[{}]} | only hyperfine's version 2 is known",
                "{\"schema_version\":2,\"results\":[{\"name\":\"x\",\"measurements\":[]}]} | measurements must be an"
                        + " array with something in it",
                "{\"schema_version\":2,\"results\":[{\"name\":\"x\",\"measurements\":[{}]}]} |"
                        + " measurements[0].time_wall_clock must be an object",
                "{\"benchmarks\":{}} | benchmarks must be an array",
                "{\"benchmarks\":[{\"scenario\":7}]} | benchmarks[0].scenario must be a text, and is 7",
                "{\"benchmarks\":[{\"scenario\":\"x\"}]} | benchmarks[0] has no number that could be compared",
                "{\"benchmarks\":[{\"scenario\":\"x\",\"batch_size\":1.5,\"duration_sec\":1}]} | batch_size must be a"
                        + " whole number, and is 1.5",
                "{\"benchmarks\":[{\"scenario\":\"x\",\"latency_p90_ms\":9,\"latency_p99_ms\":8}]} | latency_p99_ms is"
                        + " below latency_p90_ms",
                "{\"gpu_info\":[],\"benchmarks\":[{\"scenario\":\"x\",\"duration_sec\":1}]} | gpu_info must be an"
                        + " object",
                "{\"simulated\":1,\"benchmarks\":[{\"scenario\":\"x\",\"duration_sec\":1}]} | simulated must be true"
                        + " or false",
                "{\"request_latency\":{\"unit\":\"s\",\"avg\":1},\"request_throughput\":{\"unit\":\"requests/sec\",\"avg\":1}}"
                        + " | request_latency.unit must be \"ms\", and is",
                "{\"a\":1,\"b\":2} | is in no format that gpushare imports: its fields are a, b",
                "[] | is in no format that gpushare imports",
                "7 | is in no format that gpushare imports",
                "'' | is in no format that gpushare imports",
                "{\"results\":[ | is not JSON",
                "{\"results\":[]}{} | is not JSON",
                "{\"a\":1,\"a\":2} | is not JSON: Duplicate",
                "{\"schema_version\":1,\"kind\":\"benchmark\"} | is a file of gpushare already: its kind is benchmark"
            })
    void saysWhereAFileIsWrong(String content, String why) throws IOException {
        assertRefused(content, why);
    }

    @Test
    void printsNamesOfFieldsThatDriveNoTerminal() throws IOException {
        assertRefused("{\"a\\u001b[31m\\n\\u202e\":1}", "its fields are a?[31m??");
    }

    @Test
    void refusesWhatIsNestedTooDeep() throws IOException {
        assertRefused("{\"results\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", "is not JSON");
    }

    @Test
    void refusesMoreTimesThanAnIntervalCouldBeMadeOf() throws IOException {
        String times = "1,".repeat(20_000) + "1";
        assertRefused(
                "{\"results\":[{\"command\":\"x\",\"mean\":1,\"times\":[" + times + "]}]}",
                "results[0].times must be an array with 20000 elements at most, and is an array of 20001 elements");
    }

    @Test
    void refusesWhatIsTooLarge() throws IOException {
        Path file = folder.resolve("large.json");
        Files.write(file, new byte[(16 << 20) + 1]);

        assertThatThrownBy(() -> ForeignFile.readForeign(file, NOW, "0.1.0+abc"))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("it is larger than 16 MiB");
    }

    @Test
    void readsNoDevice() {
        assertThatThrownBy(() -> ForeignFile.readForeign(Path.of("/dev/zero"), NOW, "x"))
                .isInstanceOf(GpushareException.class)
                .hasMessage("/dev/zero cannot be read: it is no regular file");
    }

    @Test
    void saysThatAFileIsMissingOrAFolder() {
        assertThatThrownBy(() -> ForeignFile.readForeign(folder.resolve("none.json"), NOW, "x"))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> ForeignFile.readForeign(folder, NOW, "x"))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("has no file that ends with .csv");
    }
}
