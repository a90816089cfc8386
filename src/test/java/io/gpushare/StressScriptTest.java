package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script `stress_test.sh`, beside a program of the test's. */
final class StressScriptTest {
    @TempDir
    Path folder;

    private ShippedScript script;

    @BeforeEach
    void copyTheScript() throws IOException {
        script = ShippedScript.copied(folder, "stress_test.sh");
    }

    @Test
    void searchesAllModesUnlessToldOtherwise() throws Exception {
        script.gpushareIs("printf '<%s>' \"$@\"");
        assertThat(script.run().stdout()).isEqualTo("<stress><--mode><all>");
        assertThat(script.run("--simulate", "--out", "a folder").stdout())
                .isEqualTo("<stress><--mode><all><--simulate><--out><a folder>");
        assertThat(script.run("--mode", "mps").stdout()).isEqualTo("<stress><--mode><mps>");
        assertThat(script.run("--max=3", "--mode=mps").stdout()).isEqualTo("<stress><--max=3><--mode=mps>");
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "4", "130"})
    void passesTheExitStatusOn(int status) throws Exception {
        script.gpushareIs("exit " + status);
        assertThat(script.run().exitCode()).isEqualTo(status);
    }

    @Test
    void tellsHowItIsUsed() throws Exception {
        script.gpushareIs("exit 1");
        CommandResult help = script.run("--max", "3", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.stdout()).startsWith("Usage: ./stress_test.sh").contains("--simulate");
    }

    @Test
    void withoutAGpuItPointsToTheSimulation() throws Exception {
        script.gpushareIs("exec " + BenchProgram.GPUSHARE + " \"$@\"");
        CommandResult refused = script.run();
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.stderr()).contains("NVML library", "gpushare stress --mode all --simulate");
        assertThat(folder.resolve("results"))
                .satisfiesAnyOf(
                        results -> assertThat(results).doesNotExist(),
                        results -> assertThat(results).isEmptyDirectory());
    }

    @Test
    void writesOneSummaryOverTheModes() throws Exception {
        script.gpushareIs("exec " + BenchProgram.GPUSHARE + " \"$@\"");
        CommandResult done = script.run("--simulate=t4", "--duration=4s", "--max=2");
        assertThat(done.stderr()).contains("time-slicing  N=1", "MPS  N=2");
        assertThat(done.exitCode()).isZero();
        assertThat(done.stdout()).contains("SIMULATED", "MIG was left out", "Saved to results/stress_simulated-");
        try (Stream<Path> made = Files.list(folder.resolve("results"))) {
            Path runs = made.findFirst().orElseThrow();
            assertThat(runs.resolve("summary.txt")).content().contains("time-slicing", "MPS");
            assertThat(runs.resolve("summary.md")).content().contains("(stress.png)");
            assertThat(runs.resolve("stress.png")).isNotEmptyFile();
        }
    }
}
