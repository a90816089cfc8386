package io.gpushare.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.cli.bench.FakeBenchParts;
import io.gpushare.cli.terminal.Interruption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sweep would be, without carrying it out. */
final class SweepCommandTest {
    @TempDir
    Path folder;

    private final FakeBenchParts parts = new FakeBenchParts();

    private CapturedConsole run(int status, String... arguments) {
        CapturedConsole captured = CapturedConsole.piped();
        List<String> all = new ArrayList<>(List.of("sweep", "--out=" + folder.resolve("results")));
        all.addAll(List.of(arguments));
        int ended = CommandTree.of(
                        captured.console, List.of(new SweepCommand(captured.console, parts, new Interruption())))
                .execute(all.toArray(String[]::new));
        assertThat(ended).as(captured.err()).isEqualTo(status);
        assertThat(parts.executed).isEmpty();
        assertThat(folder.resolve("results")).doesNotExist();
        return captured;
    }

    private String written(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--write-plan");
        return run(0, all.toArray(String[]::new)).out();
    }

    @Test
    void listsWhatShipsWithALineEach() {
        assertThat(run(0, "--list").out().lines())
                .hasSizeGreaterThan(5)
                .anyMatch(line -> line.startsWith("quick   "))
                .anyMatch(line -> line.startsWith("interference   "));
    }

    @Test
    void listsCellsWhatTheyAreComparedWithAndWhatIsLeftOut() {
        String out = run(
                        0,
                        "--modes=mps,mig",
                        "--workload=spin,notebook",
                        "--workloads=2,4",
                        "--profiles=1g.18gb:2",
                        "--thread-percentage=50",
                        "--dry-run")
                .out();
        assertThat(out)
                .contains(
                        "mps_4_spin+notebook_threads-50",
                        "exclusive_1_spin, exclusive_1_notebook",
                        "exclusive_1_spin  (a baseline)",
                        "3 cells and 2 baselines in 3 rounds: 15 runs.",
                        "left out: mig_4_spin+notebook_profiles-1g.18gb-2: 2 MIG devices for 4 tenants");
    }

    @Test
    void listsCellsForMachinesWithThePlanOfEach() throws Exception {
        JsonNode answer = new ObjectMapper()
                .readTree(run(0, "--workload=spin:2", "--set=spin.batch=1,8", "--rounds=auto", "--dry-run", "--json")
                        .out());
        assertThat(answer.path("rounds").asText()).isEqualTo("auto");
        assertThat(answer.path("cells").findValuesAsText("name"))
                .containsExactly(
                        "time-slicing_2_spin_batch-1",
                        "time-slicing_2_spin_batch-8",
                        "mps_2_spin_batch-1",
                        "mps_2_spin_batch-8");
        assertThat(answer.path("cells")
                        .path(3)
                        .path("plan")
                        .path("tenants")
                        .path(0)
                        .path("set")
                        .path("batch")
                        .asText())
                .isEqualTo("8");
        assertThat(answer.path("baselines").findValuesAsText("name"))
                .containsExactly("exclusive_1_spin_batch-1", "exclusive_1_spin_batch-8");
    }

    @Test
    void givesBackThePlanThatItPrinted() throws IOException {
        String[] options = {
            "--modes=mps,time-slicing",
            "--workload=spin:2,notebook",
            "--mix=training=2",
            "--workloads=3",
            "--priority=spin=low,normal",
            "--quantum=short",
            "--set=spin.batch=1,2",
            "--repeat=5",
            "--order-seed=9",
            "--cool-down=30s",
            "--prepare=true",
            "--slo=spin.p99=10ms",
            "--simulate=t4",
            "--duration=7s",
            "--env=A=b"
        };
        String printed = written(options);
        Path file = Files.writeString(folder.resolve("mine.yaml"), printed);
        assertThat(written(file.toString())).isEqualTo(printed);
        assertThat(printed)
                .contains("rounds: 5", "order_seed: 9", "simulate: t4")
                .doesNotContain("A=b");
    }

    @Test
    void optionsComeBeforeWhatThePlanSays() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), """
            gpushare_sweep: 1
            title: Mine
            modes: [mps]
            workloads: [spin]
            tenants: [2]
            thread_percentage: [25, 50]
            duration: 20s
            """);
        assertThat(written(file.toString(), "--thread-percentage=75", "--workloads=4", "--duration=5s"))
                .contains("title: Mine", "- 75\n", "- 4\n", "duration: 5s", "- spin")
                .doesNotContain("25", "20s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--simulate                            | it is not said what is to be varied",
                "quik                                  | no sweep that comes with gpushare is called 'quik'",
                "nowhere.yaml                          | there is no plan nowhere.yaml",
                "--modes=mpss                          | there is no mode 'mpss'",
                "--modes=mps --workloads=0             | --workloads: '0' must be from 1 to 256",
                "--modes=mps --workloads=2,2           | --workloads: the number of tenants 2 is given twice",
                "--modes=mps --rounds=0                | --rounds: '0' must be from 1 to 1000",
                "--modes=mps --cool-down=hot           | --cool-down: 'hot' is neither a duration, as 30s, nor",
                "--modes=mps --baseline=b.json         | --baseline: must be run or none",
                "--modes=mps --set=spin.batch          | --set spin.batch does not say which workload, parameter",
                "--modes=mps --slo=spin                | --slo: 'spin' is no bound",
                "--modes=mps --name=a/b                | 'a/b' cannot be the name of a sweep",
                "--modes=mps --duration=1ms            | a measurement of 1ms holds no window",
                "--modes=mps --real-time               | --real-time is for a simulated GPU",
                "--modes=mps --workload=spin:0         | --workload spin:0: it asks for",
            })
    void refuses(String arguments, String sentence) {
        String err = run(2, arguments.strip().split(" ")).err();
        assertThat(err).contains(sentence);
    }
}
