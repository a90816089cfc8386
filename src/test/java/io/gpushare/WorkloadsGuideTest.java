package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goes the way from a command to a result as docs/workloads.md tells it. */
final class WorkloadsGuideTest {
    private static final String FENCE = "```";

    @TempDir
    Path folder;

    private final List<String> blocks = new ArrayList<>();
    private BenchProgram program;

    @BeforeEach
    void readTheGuide() throws Exception {
        program = new BenchProgram(folder, Map.of());
        String[] parts = Files.readString(Path.of("docs/workloads.md")).split("(?m)^" + FENCE + ".*\n?", -1);
        for (int part = 1; part < parts.length; part += 2) {
            blocks.add(parts[part]);
        }
    }

    private String block(String begin) {
        return blocks.stream()
                .filter(block -> block.startsWith(begin))
                .findFirst()
                .orElseThrow();
    }

    private void write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    @Test
    void itsCommandsRunAndPrintWhatItShows() throws Exception {
        write("it.sh", block("# it.sh"));
        write("once.sh", block("# once.sh"));
        List<String> shown =
                blocks.stream().filter(block -> block.startsWith("$ gpushare ")).toList();

        assertThat(shown).hasSize(2);
        for (String block : shown) {
            List<String> lines = block.lines().toList();
            CommandResult ran = valid(lines.getFirst().replace("$ gpushare ", ""));
            assertThat(ran.exitCode()).as(ran.stdout() + ran.stderr()).isZero();
            assertThat(ran.stdout()).contains("\nVALID  nothing was found that speaks against it\n");
            String head = lines.stream()
                    .filter(line -> line.startsWith("#  "))
                    .findFirst()
                    .orElseThrow();
            String row = lines.stream()
                    .filter(line -> line.startsWith("1  "))
                    .findFirst()
                    .orElseThrow();
            assertThat(words(ran.stdout()
                            .lines()
                            .filter(line -> line.startsWith("#  "))
                            .findFirst()
                            .orElse("")))
                    .isEqualTo(words(head));
            assertThat(ran.stdout()).contains(row.replaceAll(".*?([a-z]+/s).*", "$1"));
        }
    }

    /** A busy machine may hold the baseline back, which makes a result INVALID: then once more. */
    private CommandResult valid(String command) throws Exception {
        CommandResult ran = program.gpushare(command);
        for (int again = 0; again < 3 && ran.stdout().contains("baseline does not fit"); again++) {
            ran = program.gpushare(command);
        }
        return ran;
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s\\s+", -1));
    }

    @Test
    void itsPlanIsOne() throws Exception {
        write("plan.yaml", block("gpushare: 1"));

        CommandResult ran = program.gpushare("bench --plan plan.yaml --dry-run");

        assertThat(ran.exitCode()).as(ran.stderr()).isZero();
        assertThat(ran.stdout()).contains("train", "llama", "repeat: true");
    }

    @Test
    void itsWorkloadIsOne() throws Exception {
        write("mine/train/workload.yaml", block("name: train"));

        CommandResult ran = program.gpushare("workloads show train --workloads-dir mine");

        assertThat(ran.exitCode()).as(ran.stderr()).isZero();
        assertThat(ran.stdout()).contains("measured by  what it prints of each image, until it is stopped");
    }
}
