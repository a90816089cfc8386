package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.fake.ChildJava;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
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

    @BeforeEach
    void copyTheScript() throws IOException {
        Files.copy(Path.of("stress_test.sh"), folder.resolve("stress_test.sh"));
        makeExecutable(folder.resolve("stress_test.sh"));
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void gpushareIs(String body) throws IOException {
        Path program = Files.writeString(folder.resolve("gpushare"), "#!/usr/bin/env bash\n" + body + "\n");
        makeExecutable(program);
    }

    private CommandResult script(String... arguments) throws InterruptedException {
        Map<String, String> environment = ChildJava.environment();
        environment.put("GPUSHARE_NVML_LIBRARY", "/nowhere/libnvidia-ml.so");
        environment.put("GPUSHARE_STATE", folder.resolve("state").toString());
        // By its whole name: one from here would be looked for where the test runs, not in its folder.
        String script = folder.resolve("stress_test.sh").toString();
        return new CommandRunner(environment)
                .run(Command.of(script, arguments).directory(folder).timeout(Duration.ofSeconds(90)));
    }

    @Test
    void searchesAllModesUnlessToldOtherwise() throws Exception {
        gpushareIs("printf '<%s>' \"$@\"");
        assertThat(script().stdout()).isEqualTo("<stress><--mode><all>");
        assertThat(script("--simulate", "--out", "a folder").stdout())
                .isEqualTo("<stress><--mode><all><--simulate><--out><a folder>");
        assertThat(script("--mode", "mps").stdout()).isEqualTo("<stress><--mode><mps>");
        assertThat(script("--max=3", "--mode=mps").stdout()).isEqualTo("<stress><--max=3><--mode=mps>");
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "4", "130"})
    void passesTheExitStatusOn(int status) throws Exception {
        gpushareIs("exit " + status);
        assertThat(script().exitCode()).isEqualTo(status);
    }

    @Test
    void tellsHowItIsUsed() throws Exception {
        gpushareIs("exit 1");
        CommandResult help = script("--max", "3", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.stdout()).startsWith("Usage: ./stress_test.sh").contains("--simulate");
    }

    @Test
    void withoutAGpuItPointsToTheSimulation() throws Exception {
        gpushareIs("exec " + BenchProgram.GPUSHARE + " \"$@\"");
        CommandResult refused = script();
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.stderr()).contains("NVML library", "gpushare stress --mode all --simulate");
        assertThat(folder.resolve("results"))
                .satisfiesAnyOf(
                        results -> assertThat(results).doesNotExist(),
                        results -> assertThat(results).isEmptyDirectory());
    }

    @Test
    void writesOneSummaryOverTheModes() throws Exception {
        gpushareIs("exec " + BenchProgram.GPUSHARE + " \"$@\"");
        CommandResult done = script("--simulate=t4", "--duration=4s", "--max=2");
        assertThat(done.stderr()).contains("time-slicing  N=1", "mps  N=2");
        assertThat(done.exitCode()).isZero();
        assertThat(done.stdout()).contains("SIMULATED", "mig was left out", "Saved to results/stress_simulated-");
        try (Stream<Path> made = Files.list(folder.resolve("results"))) {
            Path runs = made.findFirst().orElseThrow();
            assertThat(runs.resolve("summary.txt")).content().contains("time-slicing", "mps");
            assertThat(runs.resolve("summary.md")).content().contains("(stress.png)");
            assertThat(runs.resolve("stress.png")).isNotEmptyFile();
        }
    }
}
