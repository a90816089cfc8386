package io.gpushare.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExchangeCommandsTest {
    private static final String REFERENCE = "results/reference/h200";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T16:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private CapturedConsole captured = CapturedConsole.piped();

    private int run(String... arguments) {
        captured = CapturedConsole.piped();
        return CommandTree.of(
                        captured.console,
                        List.of(
                                new ExportCommand(captured.console),
                                new ImportCommand(captured.console, CLOCK),
                                new CompareCommand(captured.console, CLOCK)))
                .execute(arguments);
    }

    private Path onlyFileIn(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    @Test
    void whatIsExportedCanBeImportedAndComparedWithWhatItCameFrom() throws IOException {
        Path plain = folder.resolve("plain.json");
        Path results = folder.resolve("imports");
        String source = REFERENCE + "/benchmark_time-slicing_4_20261121T104728Z_bec740.json";

        assertThat(run("export", "--format", "mlperf-style", source, "--out", plain.toString()))
                .isZero();
        assertThat(captured.out()).isEqualTo("Saved to " + plain + "\n");
        assertThat(run("import", plain.toString(), "--out", results.toString())).isZero();
        assertThat(captured.out()).startsWith("Imported 1 benchmark with 4 numbers, written by gpushare ");
        assertThat(onlyFileIn(results).getFileName().toString())
                .matches("imported_20261121T160000Z_[0-9a-f]{6}\\.json");
        assertThat(run("compare", results.toString(), source, "--json")).isZero();

        JsonNode metrics = new ObjectMapper()
                .readTree(captured.out())
                .path("pairs")
                .path(0)
                .path("metrics");
        assertThat(metrics)
                .hasSize(3)
                .allSatisfy(metric -> assertThat(
                                Math.abs(metric.path("change_percent").asDouble()))
                        .isLessThan(0.001));
    }

    @Test
    void exportsToStdoutWhereNoFileIsNamed() throws IOException {
        assertThat(run("export", "--format", "mlperf-style", REFERENCE)).isZero();

        JsonNode document = new ObjectMapper().readTree(captured.out());
        assertThat(document.path("benchmarks").size()).isGreaterThan(34);
    }

    @Test
    void refusesAFormatThatItDoesNotWrite() {
        assertThat(run("export", "--format", "csv", REFERENCE)).isEqualTo(2);
        assertThat(captured.err()).contains("there is no format 'csv'");
        assertThat(run("export", REFERENCE)).isEqualTo(2);
        assertThat(run("export", "--format", "mlperf-style", folder.toString())).isEqualTo(1);
        assertThat(captured.err()).contains("there is no run to export");
    }

    @Test
    void saysWhyAnExportCannotBeWritten() {
        Path nowhere = folder.resolve("none").resolve("x.json");
        assertThat(run("export", "--format", "mlperf-style", REFERENCE, "--out", nowhere.toString()))
                .isEqualTo(3);
        assertThat(captured.err())
                .contains("error: --out: " + nowhere + " cannot be written: there is no such folder\n");
    }

    @Test
    void importsNothingOfAFileThatIsWrong() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\"results\":[{\"command\":\"x\"}]}");
        Path results = folder.resolve("results");

        assertThat(run("import", wrong.toString(), "--out", results.toString())).isEqualTo(1);
        assertThat(captured.err()).contains("results[0].mean must be a number").doesNotContain("\tat ");
        assertThat(results).doesNotExist();
        assertThat(run("import", folder.resolve("none").toString())).isEqualTo(1);
    }

    @Test
    void warnsOfFailedCommandsAndOfFieldsThatItLeavesOut() throws IOException {
        Path failing = Files.writeString(folder.resolve("failing.json"), """
                {"results":[{"command":"false\\u001b[31m","mean":1,"times":[1,1],"exit_codes":[1,0]}]}""");
        Path more = Files.writeString(folder.resolve("more.json"), """
                {"benchmarks":[{"scenario":"x","duration_sec":1,"loss":0.5}]}""");

        assertThat(run(
                        "import",
                        failing.toString(),
                        "--out",
                        folder.resolve("a").toString()))
                .isZero();
        assertThat(captured.err()).contains("warning: 1 run of false?[31m ended with an error");
        assertThat(run("import", more.toString(), "--out", folder.resolve("b").toString(), "--json"))
                .isZero();
        assertThat(captured.err()).contains("Left out, because nobody says what they count: loss.");
        assertThat(new ObjectMapper().readTree(captured.out()).path("kind").asText())
                .isEqualTo("imported");
    }

    @Test
    void doesNotImportItsOwnResults() {
        assertThat(run(
                        "import",
                        REFERENCE + "/benchmark_time-slicing_4_20261121T104728Z_bec740.json",
                        "--out",
                        folder.toString()))
                .isEqualTo(1);
        assertThat(captured.err()).contains("is a file of gpushare already: its kind is benchmark");
    }
}
