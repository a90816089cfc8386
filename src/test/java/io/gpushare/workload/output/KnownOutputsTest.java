package io.gpushare.workload.output;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.workload.output.ForeignProgram.Lifetime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The ready-made rules on what programs print. README.md beside the recorded outputs says where they are from. */
final class KnownOutputsTest {

    static List<String> names() {
        return List.copyOf(KnownOutputs.shipped().about().keySet());
    }

    private record Found(List<String> hits, Optional<String> oddity) {}

    private static Found read(String name) throws IOException {
        List<String> hits = new ArrayList<>();
        OutputReader reader = new OutputReader(KnownOutputs.shipped().find(name), new OutputReader.Listener() {
            @Override
            public void line(String line) {}

            @Override
            public void hit(MeasureRule rule, double number) {
                hits.add(String.format(
                        Locale.ROOT, "%s %s %.5g", rule.kind().name().toLowerCase(Locale.ROOT), rule.name(), number));
            }
        });
        byte[] printed;
        try (InputStream recorded =
                requireNonNull(KnownOutputsTest.class.getResourceAsStream(name + ".txt"), name + ".txt is missing")) {
            printed = recorded.readAllBytes();
        }
        // In pieces, as they come through a pipe.
        for (int at = 0; at < printed.length; at += 100) {
            reader.stdout(printed, at, Math.min(100, printed.length - at));
        }
        reader.end();
        return new Found(hits, reader.oddity());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        tqdm | rate iteration 4.9200; rate iteration 4.9600; rate iteration 4.9500; rate iteration 5.0000; rate iteration 4.9900; rate iteration 4.9900; rate iteration 8.3300e+06; rate iteration 8.3200e+06; rate iteration 8.3100e+06; rate iteration 83200; rate iteration 83200; rate iteration 83200; rate iteration 83000; rate iteration 1.6700; rate iteration 1.6300; time_each iteration 1.2200; rate iteration 1.6700; rate iteration 1.6700; time_each iteration 1.2100; time_each iteration 1.2100; time_each iteration 1.2000; time_each iteration 1.2000; rate iteration 5.0000; rate iteration 4.9900
        lightning | count step 0.0000; count step 1.0000; count step 1.0000; value loss 10.473; count step 4.0000; value loss 10.072; count step 18.000; value loss 0.23000; count step 0.0000; count step 2.0000; count step 5.0000
        transformers | time_each step 2.5400; rate step 1.4900; value loss 0.69310; rate step 1.4900; value loss 7.1000e-05; value train_samples_per_s 57.063; value train_steps_per_s 1.3290
        timm | rate sample 2829.1; rate sample 2831.3; rate sample 811.50; rate sample 2081.3; value loss 6.9140; rate sample 1954.2
        yolo | count image 1.0000; count image 2.0000; count image 3.0000; value inference_ms 16.500; count image 1.0000; count image 2.0000
        yolo-val | rate batch 1.9000; rate batch 2.3000; time_each batch 1.2000; rate batch 1.0500; value preprocess_ms 0.10000; value inference_ms 22.400; value postprocess_ms 1.4000
        llama-bench | value prompt_tokens_per_s 4918.4; rate token 165.76; rate token 140.12
        llama-bench-json | rate token 165.76; value prompt_tokens_per_s 4918.4
        hpcg | value raw_total_gb_per_s 557.99; rate gflop 72.883
        blender | rate sample 1.8985; value render_time_s 34.904; value device_peak_memory_mb 646.81
        gpu-burn | rate gflop 0.0000; value errors 0.0000; rate gflop 47174; value errors 0.0000; rate gflop 52502; value errors 3.0000
        nccl-tests | value busbw_gb_per_s 0.0000; value busbw_gb_per_s 586.06; value busbw_gb_per_s 834.57; rate gigabyte 745.53
        loadgen | rate sample 2095.9; value tokens_per_s 289.08; value latency_p50_ms 9.6191e+05; value latency_p99_ms 1.8841e+06
        hyperfine | time_each run 0.10203; value stddev_s 0.0010779; value min_s 0.10115; value max_s 0.10323
        fio-read | rate operation 94696; value bytes_per_s 1.2412e+10
        fio-write | rate operation 0.50000; value bytes_per_s 2048.0
        """)
    void findsTheseNumbers(String name, String hits) throws IOException {
        Found found = read(name);

        assertThat(String.join("; ", found.hits())).isEqualTo(hits);
        assertThat(found.oddity()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyOneHasARecordedOutputThatTellsItsWork(String name) throws IOException {
        List<MeasureRule> rules = KnownOutputs.shipped().find(name);
        String work = new ForeignProgram(rules, new ForeignProgram.Readiness.AtOnce(), Lifetime.COMPLETE, false)
                .work()
                .orElseThrow();

        assertThat(read(name).hits()).anyMatch(hit -> hit.contains(" " + work + " "));
        assertThat(read(name).hits().stream().map(hit -> hit.split(" ", -1)[1]).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        rules.stream().map(MeasureRule::name).distinct().toList());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyOneIsDocumented(String name) throws IOException {
        assertThat(Files.readAllLines(Path.of("docs/workloads.md")))
                .anyMatch(line -> line.startsWith("| `" + name + "` |"));
    }

    @ParameterizedTest
    @CsvSource({
        "tqdm, WINDOW", "yolo-val, WINDOW", "gpu-burn, WINDOW", "llama-bench, COMPLETE", "llama-bench-json, COMPLETE",
        "hpcg, COMPLETE", "nccl-tests, COMPLETE", "loadgen, COMPLETE", "hyperfine, COMPLETE", "blender, COMPLETE",
    })
    void whatIsToldOnceIsMeasuredToTheEnd(String name, Lifetime usual) {
        assertThat(ForeignProgram.usualLifetime(KnownOutputs.shipped().find(name)))
                .isEqualTo(usual);
    }

    @Test
    void suggestsTheNameThatWasMeant() {
        assertThatThrownBy(() -> KnownOutputs.shipped().find("gpu_burn"))
                .isInstanceOfSatisfying(
                        GpushareException.class, e -> assertThat(e.advice()).contains("Did you mean gpu-burn?"));
    }
}
