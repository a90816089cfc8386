package io.gpushare.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.text.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnalyzeCommandTest {
    private static final Path REFERENCE = Path.of("results/reference/h200");
    private static final String ONE = "benchmark_time-slicing_2_20261121T104846Z_785609.json";
    private static final String OTHER = "benchmark_time-slicing_2_20261121T104913Z_bf55dd.json";

    @TempDir
    Path folder;

    private CapturedConsole captured = CapturedConsole.piped();

    private int analyze(String... arguments) {
        captured = CapturedConsole.piped();
        return analyzeOn(captured, arguments);
    }

    private static int analyzeOn(CapturedConsole where, String... arguments) {
        List<String> all = new ArrayList<>(List.of("analyze"));
        all.addAll(List.of(arguments));
        Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
        return CommandTree.of(where.console, List.of(new AnalyzeCommand(where.console, clock)))
                .execute(all.toArray(String[]::new));
    }

    private Path results() throws IOException {
        return Files.createDirectories(folder.resolve("results"));
    }

    private void put(String name, UnaryOperator<String> changed) throws IOException {
        Files.writeString(results().resolve(name), changed.apply(Files.readString(REFERENCE.resolve(name))));
    }

    private List<String> written(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void answersAboutTheMeasurementsThatComeWithTheProgramAndLeavesThemAlone() throws IOException {
        List<String> before = written(REFERENCE);
        int status = analyze(REFERENCE.toString(), "--no-files");
        assertThat(captured.err()).isEmpty();
        assertThat(status).isZero();
        assertThat(captured.out())
                .containsPattern("^\nNVIDIA H200 · \\d+ runs · driver 580\\.159\\.04\n")
                .contains("How sure", "Why", "starves under MPS", "Comparison", "MPS · stream low priority")
                .contains("`--format markdown` tells all")
                .doesNotContain("Saved to", "\u001b");
        assertThat(written(REFERENCE)).isEqualTo(before);
    }

    @Test
    void listsWhatWasImportedWithoutComparingIt() throws IOException {
        put(ONE, text -> text);
        Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
        assertThat(CommandTree.of(captured.console, List.of(new ImportCommand(captured.console, clock)))
                        .execute(
                                "import",
                                "src/test/resources/io/gpushare/exchange/hyperfine-1.15.json",
                                "--out",
                                results().toString()))
                .isZero();

        assertThat(analyze(results().toString(), "--no-plots")).isZero();

        assertThat(captured.err()).isEmpty();
        assertThat(results().resolve("analysis").resolve("analysis_report.txt"))
                .content()
                .contains("Imported numbers", "hyperfine-1.15.json", "duration_s")
                .contains("an analysis of 1 run");
    }

    @Test
    void writesTheReportIntoTheFirstFolder() throws IOException {
        put(ONE, text -> text);
        assertThat(analyze(results().toString())).isZero();
        Path analysis = results().resolve("analysis");
        assertThat(captured.out()).contains("Saved to " + analysis).contains("summary.csv");
        assertThat(written(analysis)).contains("analysis_report.md", "analysis_report.txt", "summary.csv");
        assertThat(analysis.resolve("analysis_report.txt"))
                .content()
                .contains("Made 2026-01-02T03:04:05Z by gpushare", ONE, "Proof of its mode: ", "What the metrics are");
        assertThat(analysis.resolve("analysis_report.md")).content().startsWith("# How to share the GPU");

        assertThat(analyze(results().toString())).as("a report is no result").isZero();
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void writesWhereItIsTold() throws IOException {
        Path out = folder.resolve("elsewhere/report");
        assertThat(analyze(REFERENCE.resolve(ONE).toString(), "--out", out.toString(), "--no-plots"))
                .isZero();
        assertThat(written(out)).contains("summary.csv").noneMatch(name -> name.endsWith(".png"));
        assertThat(captured.out()).contains("Saved to " + out);
    }

    @Test
    void aFileThatCannotBeReadIsNamedAndTheRestAnalysed() throws IOException {
        put(ONE, text -> text);
        put(OTHER, text -> text.substring(0, text.length() / 2));
        assertThat(analyze(results().toString())).isEqualTo(4);
        assertThat(captured.err()).startsWith("skipped: " + results().resolve(OTHER) + ": ");
        assertThat(captured.out()).contains("NVIDIA H200 · 1 run ");
        assertThat(results().resolve("analysis/analysis_report.txt"))
                .content()
                .containsIgnoringWhitespaces("Files that were skipped", OTHER + " was skipped: ");
    }

    @Test
    void ofManySkippedFilesTheFirstAreNamed() throws IOException {
        put(ONE, text -> text);
        for (int i = 0; i < 25; i++) {
            Files.writeString(results().resolve("benchmark_mps_2_x_" + i + ".json"), "{\"schema_version\": 1,");
        }
        assertThat(analyze(results().toString(), "--no-files")).isEqualTo(4);
        assertThat(captured.err().lines().filter(line -> line.startsWith("skipped: ")))
                .hasSize(10);
        assertThat(captured.err()).endsWith("and 15 more files; --format json names them all\n");
    }

    @Test
    void nothingCanBeAnalysedWhereNothingIs() throws IOException {
        assertThat(analyze(results().toString())).isEqualTo(1);
        assertThat(captured.err())
                .startsWith("error: there are no results in " + results())
                .contains("gpushare bench");
        assertThat(captured.out()).isEmpty();
        assertThat(results()).as("no folder for a report that there is not").isEmptyDirectory();
    }

    @Test
    void aFolderThatIsNotThereIsAMistake() {
        assertThat(analyze(folder.resolve("none").toString())).isEqualTo(2);
        assertThat(captured.err()).startsWith("error: there is no file or folder " + folder.resolve("none"));
    }

    @Test
    void saysWhatIsWrongWithAName() {
        assertThat(analyze("")).isEqualTo(2);
        assertThat(captured.err()).startsWith("error: the name of a file or folder is empty");
        assertThat(analyze("x/[abc")).isEqualTo(2);
        assertThat(captured.err()).startsWith("error: x/[abc is no pattern: Missing ]\n");
    }

    private void putInvalid() throws IOException {
        putFound("throttled");
    }

    private void putFound(String reason) throws IOException {
        put(ONE, text -> {
            try {
                ObjectMapper mapper = new ObjectMapper();
                ObjectNode document = (ObjectNode) mapper.readTree(text);
                ObjectNode verdict =
                        document.putObject("verdict").put("verdict", "INVALID").put("valid", false);
                verdict.putArray("findings").addObject().put("reason", reason).put("message", "It shook.");
                return mapper.writeValueAsString(document);
            } catch (IOException broken) {
                throw new AssertionError(broken);
            }
        });
    }

    @Test
    void invalidRunsCountOnlyWhenTheyAreAskedFor() throws IOException {
        putInvalid();
        assertThat(analyze(results().toString())).isEqualTo(1);
        assertThat(captured.err())
                .startsWith("error: none of the 1 run in " + results() + " is VALID")
                .contains("--include-invalid");

        assertThat(analyze(results().toString(), "--include-invalid", "--no-files"))
                .isZero();
        assertThat(captured.out()).contains("NVIDIA H200 · 1 run");

        put(OTHER, text -> text);
        assertThat(analyze(results().toString())).isZero();
        assertThat(captured.out()).contains("Left out: 1 run\n", "- " + ONE + ": INVALID: throttled\n");
        assertThat(results().resolve("analysis/analysis_report.txt"))
                .content()
                .contains("Runs that do not count")
                .containsIgnoringWhitespaces("throttled: It shook.");
    }

    @Test
    void judgesOldResultsAnewAndSaysWhatThatChanged() throws IOException {
        putFound("unstable");
        assertThat(analyze(results().toString())).isZero();
        assertThat(captured.out())
                .containsIgnoringWhitespaces(
                        "1 run says no errors of figures, as older versions wrote them, and was judged anew")
                .containsIgnoringWhitespaces("1 of the 1 that were INVALID is VALID now.");
        assertThat(results().resolve("analysis/analysis_report.txt"))
                .content()
                .contains("VALID (its file: INVALID: unstable)");
        assertThat(results().resolve("analysis/report.html"))
                .content()
                .contains("Judged anew from its windows: its file says INVALID.");

        assertThat(analyze(results().toString(), "--json", "--no-files")).isZero();
        JsonNode run = new ObjectMapper()
                .readTree(captured.out())
                .findPath("arms")
                .path(0)
                .path("runs")
                .path(0);
        assertThat(run.path("valid").asBoolean()).isTrue();
        assertThat(run.at("/verdict_in_file/valid").asBoolean(true)).isFalse();
        assertThat(run.at("/verdict_in_file/findings/0/reason").asText()).isEqualTo("unstable");
    }

    @Test
    void simulatedAndMeasuredRunsHaveSectionsOfTheirOwn() throws IOException {
        put(ONE, text -> text);
        put(OTHER, text -> text.replaceFirst("\"simulated\" ?: ?false", "\"simulated\": true"));
        assertThat(analyze(results().toString(), "--no-files")).isZero();
        assertThat(captured.out())
                .contains("\nNVIDIA H200 · 1 run ", "\nSIMULATED  NVIDIA H200 · 1 run ")
                .contains("SIMULATED: a model made these numbers");

        assertThat(analyze(results().toString(), "--no-files", "--measured")).isZero();
        assertThat(captured.out()).doesNotContain("SIMULATED");
        assertThat(analyze(results().toString(), "--no-files", "--simulated")).isZero();
        assertThat(captured.out()).doesNotContain("\nNVIDIA H200 · 1 run");

        assertThat(analyze(REFERENCE.toString(), "--simulated")).isEqualTo(1);
        assertThat(captured.err())
                .containsPattern("^error: none of the \\d+ runs in results/reference/h200 was simulated");
    }

    @Test
    void namesFromFilesDriveNeitherTerminalNorSpreadsheetNorPage() throws IOException {
        String name = "=<script>alert(1)</script>|`\\u001b[2J";
        put(
                ONE,
                text -> text.replaceAll(
                        "(\"(?:workload|variant)\" ?: ?\")matmul-burn", "$1" + name.replace("\\", "\\\\")));
        assertThat(Files.readString(results().resolve(ONE))).contains("<script>");
        CapturedConsole terminal = CapturedConsole.terminal(Map.of("NO_COLOR", "1", "TERM", "dumb"));
        assertThat(analyzeOn(terminal, results().toString())).isZero();
        assertThat(terminal.out()).contains("=<script>alert(1)</script>|`?[2J").doesNotContain("\u001b[2J");
        Path analysis = results().resolve("analysis");
        assertThat(analysis.resolve("analysis_report.txt")).content().doesNotContain("\u001b");
        assertThat(analysis.resolve("analysis_report.md"))
                .content()
                .doesNotContain("\u001b")
                .doesNotContainPattern("(?m)^(?! {2}).*(?<!\\\\)<script");
        assertThat(analysis.resolve("summary.csv"))
                .content()
                .contains(",'=<script>alert(1)</script>|`?[2J,")
                .doesNotContain("\u001b", ",=<");
    }

    @Test
    void answersProgramsOnStdoutAndPeopleOnStderr() throws IOException {
        put(ONE, text -> text);
        assertThat(analyze(results().toString(), "--json")).isZero();
        JsonNode document = new ObjectMapper().readTree(captured.out());
        assertThat(document.path("kind").asText()).isEqualTo("analysis");
        assertThat(document.path("made_utc").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(captured.err()).startsWith("Saved to ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "csv|gpu,simulated,mix,tenants,mode,arm,",
                "csv-long|timestamp,domain,metric,measure",
                "markdown|# How to share the GPU: an analysis of 1 run",
                "JSON|{"
            })
    void printsTheFormThatIsAskedFor(String format, String firstLine) {
        assertThat(analyze(REFERENCE.resolve(ONE).toString(), "--no-files", "--format", format))
                .isZero();
        assertThat(captured.out()).startsWith(firstLine);
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void aBoundOnLatencyIsAnswered() {
        assertThat(analyze(
                        REFERENCE.toString(),
                        "--no-files",
                        "--slo",
                        "resnet-infer.p99=10ms",
                        "--slo=bert-infer.p90=20ms"))
                .isZero();
        assertThat(captured.err()).isEmpty();
        assertThat(captured.out()).contains("SLO attainment");
    }

    @Test
    void aBoundForNobodyIsToldWithAGuess() {
        assertThat(analyze(REFERENCE.toString(), "--no-files", "--slo", "resnet-infr.p99=10ms"))
                .isZero();
        assertThat(captured.err())
                .startsWith("warning: --slo: no run has a workload resnet-infr. Did you mean resnet-infer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--slo x=1ms|'x=1ms' is no bound; write WORKLOAD.p99=10ms",
                "--measured --simulated|--measured and --simulated leave nothing",
                "--generate-plots --no-plots|--generate-plots and --no-plots contradict each other",
                "--no-files --out there|--no-files and --out contradict each other",
                "--json --format csv|--json and --format csv contradict each other",
                "--gpu-cost-per-hour -1|--gpu-cost-per-hour: a price is above 0",
                "--format pdf|there is no format 'pdf'. There are text, markdown, csv, csv-long, json",
                "--out=|--out names no folder",
                "--seed x|'x'"
            })
    void optionsThatMakeNoSenseAreRefused(String options, String complaint) {
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.add(REFERENCE.toString());
        assertThat(analyze(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(captured.err()).startsWith("error: ").contains(complaint);
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void aFolderThatTakesNoFilesIsToldBeforeAnythingIsRead() throws IOException {
        put(ONE, text -> text);
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(analyze(results().toString(), "--out", file.resolve("in").toString()))
                .isEqualTo(3);
        assertThat(captured.err())
                .startsWith(
                        "error: the analysis cannot be written to " + file.resolve("in") + ": " + file + " is a file\n")
                .contains("  gpushare analyze " + Shell.quoted(results()) + " --no-files\n");
        assertThat(captured.out()).isEmpty();
    }
}
