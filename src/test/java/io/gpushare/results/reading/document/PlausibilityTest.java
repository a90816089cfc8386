package io.gpushare.results.reading.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.results.stored.ReadResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results that keep the schema and agree with their windows, and cannot be true. */
final class PlausibilityTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path REAL =
            Path.of("results", "reference", "h200", "benchmark_mps_2_20261121T134036Z_f4c6dc.json");

    @TempDir
    private Path folder;

    private ReadResults readWith(String place, String field, String value) throws IOException {
        ObjectNode document = (ObjectNode) JSON.readTree(Files.readAllBytes(REAL));
        JsonNode changed = document.at(place);
        assertThat(changed.isObject()).as(place).isTrue();
        ((ObjectNode) changed).set(field, JSON.readTree(value));
        Path file = folder.resolve("benchmark_x.json");
        Files.write(file, JSON.writeValueAsBytes(document));
        return ResultReading.read(List.of(folder.toString()), ReadingProgress.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/proof | proven | false | contradicts itself: it is VALID, and its mode was not proven",
                "'' | mode | \"time-slicing\" | contradicts itself: its mode is time-slicing, and that of its plan mps",
                "/plan | mode | \"exclusive\" | contradicts itself: its mode is mps, and that of its plan exclusive",
                "/plan | gpu | {\"simulate\":\"h200\"} | contradicts itself: its plan simulates a GPU, and it says"
                        + " that one",
                "/plan | tenants | [{\"workload\":\"a\",\"count\":3}] | contradicts itself: it has 2 tenants, and its"
                        + " plan 3",
                "/gpu/metrics/power_w | mean | -40 | cannot be true: power_w of the GPU is -40.0000 W",
                "/gpu/metrics/power_recorded_w | max | 1e9 | cannot be true: power_recorded_w of the GPU is"
                        + " 1.00000e+09 W",
                "/gpu/metrics/sm_active_percent | max | 5000 | cannot be true: sm_active_percent of the GPU is 5000.00"
                        + " %",
                "/gpu/metrics/sm_active_percent | mean | 1e-9 | contradicts itself: the mean of sm_active_percent of"
                        + " the GPU",
                "/gpu | counter_joules | 1e9 | cannot be true: energy of the GPU is 1.00000e+09 J",
                "/baselines/0/gpu/metrics/power_w | min | -1 | cannot be true: power_w of the GPU with resnet-train",
                "/metrics | antt | 1.01 | contradicts itself: its ANTT is 1.01000, and its tenants give 1.7",
                "/metrics | stp | 2 | contradicts itself: its STP is 2.00000, and its tenants give 1.1",
                "/metrics | fairness | 0.5 | contradicts itself: its fairness is 0.500000, and its tenants give",
                "/metrics | jain | 0.5 | contradicts itself: its Jain's index is 0.500000, and its tenants give",
                "/metrics | efficiency | 7 | cannot be true: efficiency is 7.00000",
                "/metrics | throughput_units_per_sec | {\"sample\":8040} | contradicts itself: the throughput in"
                        + " samples/s is 8040",
                "/tenants/1 | slowdown | 1.01 | contradicts itself: the normalised progress of tenant 1",
                "/tenants/1 | normalised_progress | 0.99 | contradicts itself: the normalised progress of tenant 1"
            })
    void namesWhatCannotBeTrueAndLeavesItOut(String place, String field, String value, String words)
            throws IOException {
        ReadResults read = readWith(place, field, value);

        assertThat(read.runs()).isEmpty();
        assertThat(read.skipped()).singleElement().satisfies(skipped -> {
            assertThat(skipped.reason()).startsWith("it " + words);
            assertThat(skipped.loss()).isTrue();
        });
    }

    @Test
    void comparesEachSlowdownWithItsBaseline() throws IOException {
        ObjectNode document = (ObjectNode) JSON.readTree(Files.readAllBytes(REAL));
        ObjectNode tenant = (ObjectNode) document.at("/tenants/0");
        tenant.put("slowdown", 4.0).put("normalised_progress", 0.25);
        Files.write(folder.resolve("benchmark_x.json"), JSON.writeValueAsBytes(document));

        assertThat(ResultReading.read(List.of(folder.toString()), ReadingProgress.NONE)
                        .skipped())
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.reason())
                        .startsWith(
                                "it contradicts itself: the slowdown of tenant 0 is 4.00000, and its baseline gives"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/gpu/metrics/temperature_c | min | -5",
                "/gpu/metrics/sm_active_percent | max | 100.8",
                "/metrics | throughput_units_per_sec | {}"
            })
    void takesWhatIsUnusualAndPossible(String place, String field, String value) throws IOException {
        assertThat(readWith(place, field, value).runs()).hasSize(1);
    }
}
