package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.CommandResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From simulated runs to a report, with the whole program. */
final class AnalyzeProcessTest {
    @TempDir
    Path folder;

    @Test
    void simulatedRunsAreComparedWithoutGpuOrDocker() throws InterruptedException {
        BenchProgram program = new BenchProgram(
                folder, Map.of("DOCKER_HOST", "unix:///nowhere", "GPUSHARE_NVML_LIBRARY", "/nowhere/libnvidia-ml.so"));
        program.shell("""
                        for mode in mps time-slicing; do
                            %s bench --simulate --mode $mode --workload resnet-infer:2 --duration 4s > $mode.log 2>&1 &
                            pids+=($!)
                        done
                        for pid in "${pids[@]}"; do wait $pid || { cat *.log >&2; exit 1; }; done
                        """.formatted(BenchProgram.GPUSHARE)).requireSuccess("simulate");

        CommandResult analysis = program.gpushare("analyze");

        assertThat(analysis.stderr()).isEmpty();
        assertThat(analysis.exitCode()).isZero();
        assertThat(analysis.stdout())
                .contains("SIMULATED  NVIDIA H200 · 2 runs", "2 × resnet-infer")
                .containsPattern("(?m)^time-slicing +1 +\\d+ ")
                .containsPattern("(?m)^MPS +1 +\\d+ ")
                .contains("Saved to results/analysis/");
        assertThat(folder.resolve("results/analysis/analysis_report.md"))
                .content()
                .contains("## SIMULATED  2 × resnet-infer");
        assertThat(folder.resolve("results/analysis/summary.csv"))
                .content()
                .contains(",true,2 × resnet-infer,2,mps,MPS,sim");
    }
}
