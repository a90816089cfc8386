package io.gpushare.sampling.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.fake.ChildJava;
import io.gpushare.sampling.SamplingProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalChildProcessTest {
    private static final int ENOUGH_ROWS = 50;

    @TempDir
    private Path folder;

    private static Process java(List<String> options, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return ChildJava.builder(command).redirectErrorStream(true).start();
    }

    @Test
    void savesWhatAProcessSampledThatWasKilled() throws Exception {
        Process child = java(List.of(), SamplingProcess.class, folder.toString(), "2", "600");
        Path journal = folder.resolve("gpu_monitor_child.journal.jsonl");
        try (BufferedReader said = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("sampling");
            while (rowsIn(journal) < ENOUGH_ROWS) {
                assertThat(child.isAlive()).as("the child samples").isTrue();
                Thread.sleep(10);
            }
        } finally {
            // On Linux this is SIGKILL: no hook runs, nothing is flushed.
            child.destroyForcibly();
            child.waitFor();
        }
        long rows = rowsIn(journal);

        MonitorResult result = MonitorFile.write(journal, folder.resolve("saved.json"));

        assertThat(result.interrupted()).isTrue();
        JsonNode document = new ObjectMapper().readTree(result.file().toFile());
        long saved = 0;
        for (JsonNode table : document.path("tables")) {
            saved += table.path("rows").longValue();
        }
        assertThat(saved).isEqualTo(rows).isGreaterThanOrEqualTo(ENOUGH_ROWS);
        assertThat(document.at("/summary/0/n").longValue()).isPositive();
    }

    @Test
    void writesALongRunInLittleMemory() throws Exception {
        Path journal = folder.resolve("long.journal.jsonl");
        int rows = 200_000;
        JournalSamples.write(journal, rows, true);
        Process child = java(
                List.of("-Xmx16m", "-XX:+UseSerialGC"),
                WriteFile.class,
                journal.toString(),
                folder.resolve("long.json").toString());
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(said).isZero();
        assertThat(said).contains("n=" + rows);
        assertThat(Files.size(folder.resolve("long.json"))).isGreaterThan(5_000_000);
    }

    private static long rowsIn(Path journal) throws IOException {
        if (!Files.exists(journal)) {
            return 0;
        }
        String text = Files.readString(journal);
        String complete = text.substring(0, text.lastIndexOf('\n') + 1);
        return complete.lines().filter(line -> line.startsWith("[")).count();
    }

    /** JOURNAL RESULT. */
    static final class WriteFile {
        private WriteFile() {}

        public static void main(String[] args) {
            System.out.println(
                    MonitorFile.write(Path.of(args[0]), Path.of(args[1])).summary());
        }
    }
}
