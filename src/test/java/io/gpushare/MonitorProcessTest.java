package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.fake.ChildJava;
import io.gpushare.nvml.FakeNvml;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program in a process of its own, on the fake NVML: what only a real signal or a real terminal shows. */
final class MonitorProcessTest {
    private static final String GPUSHARE = ChildJava.gpushareInShell();

    private static Path library;

    @TempDir
    Path temporary;

    private CommandRunner runner;

    @BeforeAll
    static void compileTheFake() {
        library = FakeNvml.library();
    }

    @BeforeEach
    void playAnH200() {
        runner = new CommandRunner(environment("h200"));
    }

    private static Map<String, String> environment(String scenario) {
        Map<String, String> environment = ChildJava.environment();
        environment.put("GPUSHARE_NVML_LIBRARY", library.toString());
        environment.put("FAKE_NVML", scenario);
        environment.put("TERM", "xterm");
        return environment;
    }

    private CommandResult shell(String script) throws InterruptedException {
        return runner.run(Command.of("bash", "-c", script).directory(temporary));
    }

    /** Starts monitoring, waits until the journal grows, sends the signal, and prints the exit status. */
    private CommandResult interrupted(String signal, String options) throws InterruptedException {
        // Without job control a shell starts background programs deaf to SIGINT.
        return shell("""
                set -m
                %s monitor --out results %s > out 2> err & pid=$!
                until [ "$(cat results/*.jsonl 2> /dev/null | wc -l)" -gt 12 ]; do
                    kill -0 $pid || break; sleep 0.2
                done
                kill -%s $pid; wait $pid; echo $?
                """.formatted(GPUSHARE, options, signal));
    }

    private List<Path> results() throws IOException {
        try (Stream<Path> files = Files.list(temporary.resolve("results"))) {
            return files.toList();
        }
    }

    private JsonNode onlyResult() throws IOException {
        assertThat(results()).singleElement().asString().endsWith(".json");
        return new ObjectMapper().readTree(results().getFirst().toFile());
    }

    @Test
    void controlCEndsAMonitorWithoutDurationWellAndSaves() throws Exception {
        CommandResult result = interrupted("INT", "");

        assertThat(result.stdout()).isEqualTo("0\n");
        assertThat(onlyResult().path("state").asText()).isEqualTo("complete");
        assertThat(temporary.resolve("out")).content().contains("Saved to results/gpu_monitor_");
        assertThat(temporary.resolve("err")).isEmptyFile();
    }

    /** The board answers twice, then {@code na}, then hangs; what measures its power was never there. */
    @Test
    void goesOnWithABaseboardThatFails() throws Exception {
        Path board = temporary.resolve("ipmitool");
        Files.writeString(board, """
                #!/bin/sh
                [ "$1" = sdr ] || { echo 'DCMI request failed because: Invalid command (c1)' >&2; exit 1; }
                echo x >> "$0.calls"
                case $(wc -l < "$0.calls") in
                    1) echo 'PSU1             | 60h | ok  | 10.1 | 300 Watts' ;;
                    2) echo 'PSU1             | 60h | ns  | 10.1 | na' ;;
                    *) sleep 600 ;;
                esac
                """);
        assertThat(board.toFile().setExecutable(true)).isTrue();

        CommandResult result =
                shell("GPUSHARE_IPMITOOL=%s %s monitor --out results --duration 6s".formatted(board, GPUSHARE));

        assertThat(result.exitCode()).as(result.stderr()).isZero();
        assertThat(result.stdout()).contains("Machine  psu1 300 W", "psu1 [W]");
        JsonNode document = onlyResult();
        assertThat(document.path("warnings").toString()).contains("DCMI request failed because");
        assertThat(document.path("tables"))
                .filteredOn(table -> table.path("name").asText().equals("ipmi"))
                .singleElement()
                .satisfies(table -> {
                    assertThat(table.at("/columns/psu1_w").toString()).startsWith("[300");
                    assertThat(table.path("absences").toString()).contains("no data yet (na)");
                });
        assertThat(document.at("/instrument/loops").findValues("ticks_missed")).hasSize(2);
    }

    @Test
    void endingEarlyIsAnInterruptionButSaves() throws Exception {
        assertThat(interrupted("TERM", "--duration 1h").stdout()).isEqualTo("130\n");
        assertThat(onlyResult().path("summary")).isNotEmpty();
    }

    @Test
    void aKilledMonitorLeavesAJournalThatCanBeSalvaged() throws Exception {
        assertThat(interrupted("KILL", "").stdout()).isEqualTo("137\n");
        assertThat(results()).singleElement().asString().endsWith(".journal.jsonl");

        CommandResult salvaged = shell(GPUSHARE + " monitor --salvage results/*.journal.jsonl");

        assertThat(salvaged.exitCode()).isZero();
        assertThat(salvaged.stdout()).contains("GPU 0  NVIDIA H200", "power [W]", "Saved to results/gpu_monitor_");
        assertThat(onlyResult().path("state").asText()).isEqualTo("interrupted");
    }

    @Test
    void leavesTheTerminalAsItWas() throws Exception {
        assumeTrue(runner.find("script").isPresent(), "needs the program script (bsdutils) for a terminal");

        CommandResult result =
                shell("script -qec \"%s monitor --duration 1500ms --out results\" /dev/null".formatted(GPUSHARE));

        String screen = result.stdout();
        assertThat(result.exitCode()).isZero();
        assertThat(screen.indexOf("\u001b[?1049h")).isNotNegative();
        assertThat(screen.indexOf("GPU busy")).isGreaterThan(screen.indexOf("\u001b[?1049h"));
        assertThat(screen.indexOf("\u001b[?25h\u001b[?1049l")).isGreaterThan(screen.indexOf("GPU busy"));
        assertThat(screen.substring(screen.indexOf("\u001b[?1049l"))).contains("Saved to ");
    }

    @Test
    void aReaderThatLeavesEndsTheMonitor() throws Exception {
        CommandResult result = shell(GPUSHARE + " monitor --out results | head -n 1");

        assertThat(result.exitCode()).isZero();
        assertThat(result.stdout()).matches("0:0\\d  GPU 0  busy .*\n");
        assertThat(onlyResult().path("state").asText()).isEqualTo("complete");
    }

    @Test
    void withoutADriverSaysSoInOneSentence() throws Exception {
        runner = new CommandRunner(environment("no-driver"));
        for (String command : List.of("gpus", "monitor")) {
            CommandResult result = shell(GPUSHARE + " " + command);
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.stdout()).isEmpty();
            assertThat(result.stderr().lines().filter(line -> line.startsWith("error: ")))
                    .hasSize(1);
        }
    }
}
