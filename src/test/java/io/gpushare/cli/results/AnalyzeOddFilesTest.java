package io.gpushare.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.cli.OddDocument;
import io.gpushare.results.reading.Mutation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever reading lets through, the whole program comes to an answer with it: words, tables, pictures, the page. */
final class AnalyzeOddFilesTest {
    private static final Path REFERENCE = Path.of("results/reference/h200");
    private static final Path EXCHANGE = Path.of("src/test/resources/io/gpushare/exchange");
    private static final int ROUNDS = 24;
    private static final Duration MOST_OF_A_ROUND = Duration.ofSeconds(20);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    /** Two mixes of the same tenants in two ways of sharing, with repetitions, and each alone. */
    private static final List<String> RUNS = List.of(
            "mps_2_20261121T134246Z_c423a3-r1",
            "mps_2_20261121T134436Z_4f44b1-r1",
            "mps_2_20261121T134547Z_4e9e36-r1",
            "time-slicing_2_20261121T104940Z_0ed635",
            "time-slicing_2_20261121T104913Z_bf55dd",
            "time-slicing_2_20261121T105136Z_1175ef");

    private static final List<String> FOREIGN =
            List.of("hyperfine-1.15.json", "hyperfine-2.json", "gpu-benchmark.json");

    @TempDir
    Path folder;

    private static int run(CapturedConsole captured, String... arguments) {
        return CommandTree.of(
                        captured.console,
                        List.of(
                                new AnalyzeCommand(captured.console, CLOCK),
                                new CompareCommand(captured.console, CLOCK),
                                new ExportCommand(captured.console),
                                new ImportCommand(captured.console, CLOCK)))
                .execute(arguments);
    }

    @Test
    void everyCommandAnswersWhateverTheFilesHold() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        Map<String, Integer> statuses = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            Path before = put(folder.resolve("before" + round), 2L * round);
            Path after = put(folder.resolve("after" + round), 2L * round + 1);
            String format =
                    List.of("text", "markdown", "csv", "csv-long", "json").get(round % 5);
            Path xml = folder.resolve(round + ".xml");
            for (List<String> command : List.of(
                    List.of(
                            "analyze",
                            before.toString(),
                            "--format",
                            format,
                            "--include-invalid",
                            "--slo",
                            "stream.p99=1ms"),
                    List.of(
                            "compare",
                            before.toString(),
                            after.toString(),
                            "--fail-if",
                            "p99>+1%",
                            "--junit",
                            xml.toString()),
                    List.of(
                            "compare",
                            before.toString(),
                            after.toString(),
                            "--allow-simulated",
                            "--format",
                            "markdown"),
                    List.of("compare", before.toString(), after.toString(), "--include-invalid", "--json"),
                    List.of("export", before.toString(), "--format", "mlperf-style"),
                    List.of("import", before.resolve("foreign.json").toString(), "--out", before.toString()))) {
                CapturedConsole captured = CapturedConsole.piped();
                long begin = System.nanoTime();
                int status = run(captured, command.toArray(String[]::new));
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                String what = "round " + round + ": " + String.join(" ", command);
                softly.assertThat(captured.err()).as(what).doesNotContain("bug in gpushare", "\tat ", "Exception");
                softly.assertThat(status).as(what + captured.err()).isIn(0, 1, 2, 4, 5);
                softly.assertThat(took).as(what).isLessThan(MOST_OF_A_ROUND);
                softly.assertThat(captured.err()).as(what).hasSizeLessThan(60_000);
                statuses.merge(command.getFirst() + " " + status, 1, Integer::sum);
            }
        }
        softly.assertAll();
        assertThat(statuses)
                .as("what came of it")
                .containsKeys("analyze 0", "analyze 4", "compare 5", "export 0", "import 0");
    }

    @Test
    @Timeout(60)
    void everyCommandAnswersAboutARunOfThousandsOfTenants() throws IOException {
        ObjectMapper json = new ObjectMapper();
        String name = "benchmark_" + RUNS.getFirst();
        ObjectNode document = (ObjectNode) json.readTree(Files.readString(REFERENCE.resolve(name + ".json")));
        ArrayNode tenants = (ArrayNode) document.path("tenants");
        for (int number = 2; number < 5000; number++) {
            // The head of a file has a bound of its own: what a tenant said is left out.
            tenants.add(((ObjectNode) tenants.path(number % 2).deepCopy())
                    .put("number", number)
                    .putNull("said")
                    .setAll(Map.of("launched", json.createObjectNode(), "metrics", json.createObjectNode())));
        }
        document.withArray("/plan/tenants").forEach(alike -> ((ObjectNode) alike).put("count", 2500));
        ObjectNode metrics = (ObjectNode) document.path("metrics");
        metrics.putObject("throughput_units_per_sec");
        for (String index : List.of("stp", "antt", "fairness", "jain")) {
            metrics.putNull(index).put(index + "_absent", "not measured (of a run that was made up)");
        }
        Path crowd = Files.createDirectories(folder.resolve("crowd"));
        json.writeValue(crowd.resolve(name + ".json").toFile(), document);

        CapturedConsole captured = CapturedConsole.piped();
        assertThat(run(captured, "analyze", crowd.toString()))
                .as(captured.err())
                .isZero();
        assertThat(captured.out()).contains("2500 × bert-infer + 2500 × stream");
        assertThat(run(captured, "compare", crowd.toString(), REFERENCE.toString()))
                .as(captured.err())
                .isIn(0, 1);
        assertThat(run(captured, "export", "--format", "mlperf-style", crowd.toString()))
                .as(captured.err())
                .isZero();
    }

    /** Odd values in half of the files, damaged bytes in some, the others good. */
    private static Path put(Path into, long seed) throws IOException {
        Files.createDirectories(into);
        SplittableRandom random = new SplittableRandom(seed);
        OddDocument odd = new OddDocument(seed);
        Mutation damage = new Mutation(seed);
        boolean renamed = random.nextInt(3) == 0;
        OddDocument names = new OddDocument(seed + 1);
        String name = List.of("bert-infer", "stream", "NVIDIA H200", "mps", "580.159.04")
                .get(random.nextInt(5));
        for (String run : RUNS) {
            String result = Files.readString(REFERENCE.resolve("benchmark_" + run + ".json"));
            String samples = Files.readString(REFERENCE.resolve("gpu_monitor_" + run + ".json"));
            if (renamed) {
                result = new OddDocument(seed).renamed(result, name);
            } else if (random.nextBoolean()) {
                result = odd.changed(result);
            }
            byte[] sampleBytes = samples.getBytes(StandardCharsets.UTF_8);
            byte[] resultBytes = result.getBytes(StandardCharsets.UTF_8);
            Files.write(
                    into.resolve("benchmark_" + run + ".json"),
                    random.nextInt(8) == 0 ? damage.of(resultBytes) : resultBytes);
            Files.write(
                    into.resolve("gpu_monitor_" + run + ".json"),
                    switch (random.nextInt(4)) {
                        case 0 -> damage.of(sampleBytes);
                        case 1 -> names.changed(samples).getBytes(StandardCharsets.UTF_8);
                        default -> sampleBytes;
                    });
        }
        String foreign = Files.readString(EXCHANGE.resolve(FOREIGN.get(random.nextInt(FOREIGN.size()))));
        Files.writeString(into.resolve("foreign.json"), random.nextInt(3) == 0 ? foreign : odd.changed(foreign));
        return into;
    }
}
