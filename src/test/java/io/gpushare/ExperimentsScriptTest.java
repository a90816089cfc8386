package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script `run_experiments.sh`, beside a program of the test's. */
final class ExperimentsScriptTest {
    @TempDir
    Path folder;

    private ShippedScript script;

    @BeforeEach
    void copyTheScript() throws IOException {
        script = ShippedScript.copied(folder, "run_experiments.sh");
    }

    @Test
    void takesMinutesAndEveryOptionOfASweep() throws Exception {
        script.gpushareIs("printf '<%s>' \"$@\"");
        assertThat(script.run().stdout()).isEqualTo("<sweep><experiments><--within><30m>");
        assertThat(script.run("--minutes", "20", "--simulate").stdout())
                .isEqualTo("<sweep><experiments><--within><20m><--simulate>");
        assertThat(script.run("--out", "a folder", "--minutes=5").stdout())
                .isEqualTo("<sweep><experiments><--within><5m><--out><a folder>");
        assertThat(script.run("--minutes").exitCode()).isNotZero();
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
        CommandResult help = script.run("--simulate", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.stdout()).startsWith("Usage: ./run_experiments.sh").contains("--minutes N");
    }

    @Test
    void withoutAGpuItPointsToTheSimulation() throws Exception {
        script.gpushareIs("exec " + BenchProgram.GPUSHARE + " \"$@\"");
        CommandResult refused = script.run();
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.stderr()).contains("NVML library", "gpushare sweep experiments --within 30m --simulate");
        assertThat(folder.resolve("results/experiments")).doesNotExist();
    }

    @Test
    void measuresAnalysesAndGoesOn() throws Exception {
        script.gpushareIs("exec " + BenchProgram.GPUSHARE + " \"$@\"");
        String[] small = {
            "--simulate=t4", "--workload", "resnet-infer", "--workloads", "1,2", "--duration", "4s", "--rounds", "1"
        };
        CommandResult done = script.run(small);
        assertThat(done.exitCode()).as(done.stderr()).isZero();
        assertThat(done.stderr()).contains("left out: mig_1_resnet-infer, mig_2_resnet-infer", "[5/5]");
        assertThat(done.stdout()).contains("SIMULATED", "Runs, plan and report are in results/simulated-experiments");
        Path analysis = folder.resolve("results/simulated-experiments/analysis");
        assertThat(analysis.resolve("report.html")).isNotEmptyFile();
        assertThat(analysis.resolve("mode_comparison.png")).isNotEmptyFile();

        CommandResult again = script.run(small);
        assertThat(again.stderr()).contains("Going on: 5 runs of it are done already.");
    }
}
