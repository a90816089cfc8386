package io.gpushare.cli.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On results that were really measured. */
final class CompareCommandTest {
    private static final Path REFERENCE = Path.of("results", "reference", "h200");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T16:00:00Z"), ZoneOffset.UTC);

    /** BERT beside a neighbour that fills the GPU, three runs; then with the neighbour at low priority. */
    private static final String STARVING = REFERENCE + "/benchmark_mps_2_*c423a3*";

    private static final String CURED = REFERENCE + "/benchmark_mps_2_*561324*";

    @TempDir
    Path folder;

    private CapturedConsole captured = CapturedConsole.piped();

    @BeforeEach
    void needsTheReference() {
        assertThat(REFERENCE).isDirectory();
    }

    private int compare(String... arguments) {
        captured = CapturedConsole.piped();
        List<String> all = new ArrayList<>(List.of("compare"));
        all.addAll(List.of(arguments));
        return CommandTree.of(captured.console, List.of(new CompareCommand(captured.console, CLOCK)))
                .execute(all.toArray(String[]::new));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(captured.out());
    }

    /** A copy of a measured run, changed. */
    private Path changed(String name, Map<String, String> replacements) throws IOException {
        String text = Files.readString(REFERENCE.resolve("benchmark_time-slicing_4_20261121T104728Z_bec740.json"));
        String id = name.replace("benchmark_", "");
        text = text.replace("benchmark_time-slicing_4_20261121T104728Z_bec740", "benchmark_" + id);
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            String before = text;
            text = text.replaceFirst(replacement.getKey(), replacement.getValue());
            assertThat(text).as(replacement.getKey()).isNotEqualTo(before);
        }
        return Files.writeString(folder.resolve(name + ".json"), text);
    }

    @Test
    void comparesTwoWaysOfSharingWhereEachSideHasOne() {
        assertThat(compare(STARVING, CURED, "--include-invalid")).isZero();

        assertThat(captured.out())
                .contains("1 × bert-infer + 1 × stream: MPS → MPS · stream low priority")
                .contains("3 runs, process, NVIDIA H200 on each side")
                .contains("too few runs to tell, all above")
                .contains("4 on each side can")
                .contains("warning: Not the same on both sides")
                .contains("Only the contender has p99 of bert-infer.");
        assertThat(captured.err()).doesNotContain("skipped:");
    }

    @Test
    void failsWithFiveWhereAThresholdIsBroken() throws IOException {
        Path junit = folder.resolve("reports").resolve("compare.xml");

        assertThat(compare(STARVING, CURED, "--fail-if", "p50/stream>+5%", "--junit", junit.toString()))
                .isEqualTo(5);

        assertThat(captured.out()).contains("broken  p50/stream>+5%  p50 of stream: ", "1 threshold broken");
        assertThat(Files.readString(junit)).contains("<failure message=").contains("p50/stream&gt;+5%");
    }

    @Test
    void succeedsWhereThresholdsAreKept() {
        assertThat(compare(STARVING, CURED, "--fail-if", "p50/stream>+50%", "--fail-if", "throughput/bert-infer<-5%"))
                .isZero();
        assertThat(captured.out()).contains("All thresholds kept");
    }

    @Test
    void failsWhereAMetricIsMissing() {
        assertThat(compare(STARVING, CURED, "--fail-if", "p99/bert-infer>+10%")).isEqualTo(5);
        assertThat(captured.out().replaceAll("\\s+", " "))
                .contains("not checked", "the baseline has none. It takes 459 latencies a run: --duration ");
    }

    @Test
    void failsWhereNothingCanBeCompared() {
        String resnet = REFERENCE + "/benchmark_time-slicing_4_20261121T104728Z_bec740.json";

        assertThat(compare(
                        REFERENCE + "/benchmark_mps_2*", REFERENCE + "/benchmark_time-slicing_8*", "--include-invalid"))
                .isEqualTo(1);
        assertThat(captured.out().replaceAll("\\s+", " "))
                .contains("have no partner in", "Nothing is guessed among several.", "Nothing could be compared.");
        assertThat(captured.out().split("warning: ", -1)).hasSizeLessThan(5);
        assertThat(compare(resnet, resnet)).isZero();
    }

    @Test
    void refusesWhatItDoesNotUnderstandBeforeItReads() {
        assertThat(compare("nowhere", "neither", "--fail-if", "p99=10%")).isEqualTo(2);
        assertThat(captured.err()).contains("'p99=10%' is no threshold: it compares with > or <, not with =.");
        assertThat(compare(STARVING, CURED, "--fail-if", "p98>10%")).isEqualTo(2);
        assertThat(captured.err()).contains("there is no metric 'p98'").contains("Did you mean p90 or p95?");
        assertThat(compare(STARVING, CURED, "--json", "--format", "markdown")).isEqualTo(2);
        assertThat(compare("nowhere", CURED)).isEqualTo(2);
        assertThat(compare(STARVING)).isEqualTo(2);
    }

    @Test
    void refusesSimulatedAgainstMeasured() throws IOException {
        Path simulated =
                changed("benchmark_simulated-mps_4_x", Map.of("\"simulated\":\\s*false", "\"simulated\":true"));
        String measured = REFERENCE + "/benchmark_time-slicing_4_20261121T104728Z_bec740.json";

        assertThat(compare(simulated.toString(), measured)).isEqualTo(2);
        assertThat(captured.err()).contains("is simulated and").contains("add --allow-simulated");
        assertThat(compare(simulated.toString(), measured, "--allow-simulated")).isZero();
        assertThat(captured.out()).contains("the difference is the model's error", "(simulated)");
        assertThat(compare(simulated.toString(), simulated.toString())).isZero();
    }

    @Test
    void leavesInvalidRunsOutAndNamesThem() throws IOException {
        String measured = REFERENCE + "/benchmark_time-slicing_4_20261121T104728Z_bec740.json";
        Path invalid = changed(
                "benchmark_mps_4_invalid",
                Map.of(
                        "\"verdict\":\\s*\"VALID\",\\s*\"valid\":\\s*true,\\s*\"findings\":\\s*\\[\\]",
                        "\"verdict\":\"INVALID\",\"valid\":false,\"findings\":[{\"reason\":\"throttled\",\"message\":\"Hot.\"}]"));

        assertThat(compare(measured, invalid.toString())).isEqualTo(1);
        assertThat(captured.out()).contains("benchmark_mps_4_invalid.json was left out: INVALID (throttled).");
        assertThat(compare(measured, invalid.toString(), "--include-invalid")).isZero();
    }

    @Test
    void saysFourWhereAFileCouldNotBeReadAndFiveWhereAThresholdIsBrokenToo() throws IOException {
        Files.copy(
                REFERENCE.resolve("benchmark_time-slicing_4_20261121T104728Z_bec740.json"),
                folder.resolve("benchmark_time-slicing_4_20261121T104728Z_bec740.json"));
        Files.writeString(folder.resolve("benchmark_broken.json"), "{\"schema_version\":1,\"kind\":\"benchmark\"");
        String measured = REFERENCE + "/benchmark_time-slicing_4_20261121T104728Z_bec740.json";

        assertThat(compare(measured, folder.toString())).isEqualTo(4);
        assertThat(captured.err()).contains("skipped: ", "benchmark_broken.json");
        assertThat(compare(measured, folder.toString(), "--fail-if", "throughput<1000000"))
                .isEqualTo(5);
    }

    @Test
    void warnsOfADifferentDriver() throws IOException {
        Path other = changed(
                "benchmark_mps_4_other",
                Map.of("\"driver_version\":\\s*\"580.159.04\"", "\"driver_version\":\"999.1\""));

        assertThat(compare(REFERENCE + "/benchmark_time-slicing_4_20261121T104728Z_bec740.json", other.toString()))
                .isZero();
        assertThat(captured.out()).contains("driver: 580.159.04 against 999.1");
    }

    @Test
    void holdsALoadAgainstWhatAnotherProgramMeasured() throws IOException {
        Path load = Files.writeString(folder.resolve("load.json"), """
                {"schema_version": 1, "kind": "load", "tool_version": "0.1.0+abc", "asked": {"clients": 8},
                 "measurement": {"request_throughput": {"unit": "requests/sec", "avg": 2.0},
                  "request_latency": {"unit": "ms", "avg": 1500, "p99": 2000}}}
                """);
        Path aiperf = Files.writeString(folder.resolve("profile_export_aiperf.json"), """
                {"request_throughput": {"unit": "requests/sec", "avg": 4.0},
                 "request_latency": {"unit": "ms", "avg": 700, "p99": 1000}}
                """);

        assertThat(compare(aiperf.toString(), load.toString(), "--fail-if", "p99>+10%", "--fail-if", "throughput<-5%"))
                .isEqualTo(5);
        assertThat(captured.out())
                .contains("request throughput, requests/s", "-50.0 %", "p99, ms", "+100 %", "2 thresholds broken");
    }

    @Test
    void takesFilesOfOtherProgramsAsTheyAre() throws IOException {
        Path fast = Files.writeString(folder.resolve("fast.json"), """
            {"results":[{"command":"make","mean":1.5,"times":[1.49,1.5,1.5,1.51],"exit_codes":[0,0,0,0]}]}\
            """);
        Path slow = Files.writeString(folder.resolve("slow.json"), """
            {"results":[{"command":"make","mean":2.5,"times":[2.49,2.5,2.5,2.51],"exit_codes":[0,0,0,1]}]}\
            """);

        assertThat(compare(fast.toString(), slow.toString(), "--fail-if", "duration>+10%"))
                .isEqualTo(5);
        assertThat(captured.out())
                .contains("duration, s", "+66.7 %", "worse")
                .contains("Nothing proves how hyperfine 1 measured make")
                .contains("1 of the 4 runs of make ended with an error");
    }

    @Test
    void comparesAnotherProgramsNumbersWithARun() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.json"), """
            {"timestamp":"2026-01-01","gpu_info":{"name":"NVIDIA H200","cuda_version":"12.8"},"benchmarks":[
            {"scenario":"offline","batch_size":8,"throughput_samples_per_sec":4000,"latency_p90_ms":7.5,
            "latency_p99_ms":7.9}]}\
            """);

        assertThat(compare(
                        plain.toString(),
                        REFERENCE + "/benchmark_time-slicing_4_20261121T104728Z_bec740.json",
                        "--json"))
                .isZero();

        JsonNode pair = json().path("pairs").path(0);
        assertThat(pair.path("metrics"))
                .extracting(metric -> metric.path("metric").asText())
                .containsExactlyInAnyOrder("throughput_units_per_sec", "p90_ms", "p99_ms");
        assertThat(pair.path("cautions").path(0).asText()).startsWith("Nothing proves how another program measured");
        assertThat(pair.path("environment_differences"))
                .extracting(difference -> difference.path("what").asText())
                .containsExactly("CUDA version");
    }

    @Test
    void printsMarkdownForAPullRequest() {
        assertThat(compare(STARVING, CURED, "--format", "markdown", "--fail-if", "p50/stream>+5%"))
                .isEqualTo(5);
        assertThat(captured.out())
                .startsWith("**gpushare compare: 1 threshold broken; metrics: ")
                .contains("| <code>p50/stream\\>+5%</code> | **BROKEN** | p50 of stream: ");
    }

    @Test
    void tellsPairsOfOneMixOnTwoGpusApart() throws IOException {
        changed("benchmark_time-slicing_4_20261121T104728Z_bec740", Map.of());
        Path other = changed("benchmark_time-slicing_4_20261121T104729Z_bec741", Map.of("\"bec740", "\"bec741"));
        Files.writeString(other, Files.readString(other).replace("NVIDIA H200", "NVIDIA L4"));
        Path report = folder.resolve("report.xml");

        assertThat(compare(folder.toString(), folder.toString(), "--fail-if", "stp<-5%", "--junit", report.toString()))
                .isZero();

        assertThat(captured.out())
                .contains("STP in 4 × resnet-infer, time-slicing, NVIDIA H200, process: ")
                .contains("STP in 4 × resnet-infer, time-slicing, NVIDIA L4, process: ");
        assertThat(report)
                .content()
                .contains("<testsuite name=\"4 × resnet-infer, time-slicing, NVIDIA H200, process\"")
                .contains("<testsuite name=\"4 × resnet-infer, time-slicing, NVIDIA L4, process\"");
    }

    @Test
    void keepsMarkdownShortEnoughForAComment() {
        assertThat(compare(REFERENCE.toString(), REFERENCE.toString(), "--format", "markdown", "--include-invalid"))
                .isZero();
        assertThat(captured.out())
                .hasSizeBetween(50_000, 61_000)
                .containsPattern("Left out: the numbers of [0-9]+ pairs. `--json` has them.");
        assertThat(captured.out().split("\n#### ", -1).length)
                .as("each pair is named")
                .isGreaterThan(20);
    }

    @Test
    void saysWhereTheJunitReportCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(compare(STARVING, CURED, "--junit", file.resolve("x.xml").toString()))
                .isEqualTo(3);
        assertThat(captured.err()).contains("--junit: ", "cannot be written");
        assertThat(compare(STARVING, CURED, "--junit", folder.toString())).isEqualTo(3);
        assertThat(captured.err()).contains("error: --junit: " + folder + " cannot be written: it is a folder\n");
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void doesNotWaitForAPipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.json");
        assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(compare(pipe.toString(), CURED)).isEqualTo(1);
        assertThat(captured.err()).contains("pipe.json: it is no regular file");
    }

    @Test
    void namesItsFormatsInTheWordsOfItsHelp() {
        assertThat(compare(STARVING, CURED, "--format", "markdwon")).isEqualTo(2);
        assertThat(captured.err())
                .contains("there is no format 'markdwon'. Did you mean markdown? There are text, markdown");
        assertThat(compare(STARVING, CURED, "--format", "MARKDOWN")).isZero();
    }

    @Test
    void saysWhatIsWrongWithAnotherProgramsFile() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\"results\":[{\"command\":\"x\"}]}");
        Path other = Files.writeString(folder.resolve("other.json"), "{\"a\":1}");

        assertThat(compare(wrong.toString(), other.toString())).isEqualTo(1);
        assertThat(captured.err())
                .contains("wrong.json: results[0].mean must be a number")
                .contains("other.json: it is no result of gpushare");
    }
}
