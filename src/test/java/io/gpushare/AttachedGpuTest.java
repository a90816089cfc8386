package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.fake.FakeGpus;
import io.gpushare.process.CommandResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.results.benchmark.WatchedResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench} beside a program of somebody else that uses the same (fake) GPU. */
final class AttachedGpuTest {
    private static final String BENCH = BenchProgram.GPUSHARE
            + " bench --out results --gpu 0 --runtime process --workload fake-tenant:2 --env FAKE_GPU_STATE"
            + " --duration 4s --workloads-dir "
            + Path.of("src/test/resources/io/gpushare/fake/workloads").toAbsolutePath() + " ";

    private static final String NEIGHBOUR = """
        export CUDA_VISIBLE_DEVICES=$(nvidia-smi -L | sed 's/.*UUID: \\(.*\\))/\\1/')
        %s setsid fake-tenant --memory-mib 2048 --alone 100 > /dev/null 2>&1 & neighbour=$!
        trap 'kill $neighbour' EXIT
        sleep 0.5
        """;

    private static final String DAEMON = """
        export CUDA_MPS_LOG_DIRECTORY=$PWD
        CUDA_MPS_PIPE_DIRECTORY=$PWD nvidia-cuda-mps-control -d
        """;

    @TempDir
    Path temporary;

    private FakeGpus gpus;
    private BenchProgram program;

    @BeforeEach
    void createAMachine() throws InterruptedException {
        gpus = FakeGpus.create(temporary, "h200");
        program = new BenchProgram(temporary, gpus.environment());
    }

    @AfterEach
    void endWhatRuns() {
        gpus.close();
    }

    private static List<Reason> reasons(RunResult run) {
        return run.verdict().findings().stream().map(Finding::reason).toList();
    }

    @Test
    void whatItUsesOfTheGpuIsToldAndItIsNoStranger() throws Exception {
        CommandResult ran = program.shell(NEIGHBOUR.formatted("") + BENCH + "--attach $neighbour; kill -0 $neighbour");

        assertThat(ran.exitCode()).as(ran.stderr()).isZero();
        RunResult run = program.onlyResult();
        assertThat(reasons(run)).isEmpty();
        assertThat(run.baselines()).hasSize(1);
        WatchedResult watched = run.watched().getFirst();
        assertThat(watched.gpuMemoryBytes().asOptional().orElseThrow()).isGreaterThanOrEqualTo(2L << 30);
        assertThat(watched.smUtilizationPercent().asOptional().orElseThrow()).isBetween(1.0, 100.0);
    }

    @Test
    void underMpsItIsAClientOfTheSameDaemon() throws Exception {
        program.shell(DAEMON + NEIGHBOUR.formatted("CUDA_MPS_PIPE_DIRECTORY=$PWD") + BENCH
                + "--mode mps --mps-daemon $PWD --attach $neighbour");

        RunResult run = program.onlyResult();
        assertThat(reasons(run)).isEmpty();
        assertThat(run.proof().evidence())
                .anySatisfy(sentence -> assertThat(sentence)
                        .startsWith("tenant 2 (pid "
                                + run.watched().getFirst().processes().getFirst())
                        .contains("in the list of MPS clients each of"));
    }

    @Test
    void besideOneThatIsNoClientMpsIsNotProven() throws Exception {
        program.shell(DAEMON + NEIGHBOUR.formatted("") + BENCH
                + "--baseline none --mode mps --mps-daemon $PWD --attach $neighbour");

        assertThat(reasons(program.onlyResult())).containsExactly(Reason.MODE_UNPROVEN);
    }

    @Test
    void theGpuIsNotChangedUnderIt() throws Exception {
        CommandResult refused = program.shell(
                "nvidia-smi -c 3 > /dev/null\n" + NEIGHBOUR.formatted("") + BENCH + "--attach $neighbour");

        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.stderr()).contains("set the compute mode to default", "under a program of somebody else");
        assertThat(gpus.settings()).contains("exclusive");
        assertThat(program.results()).isEmpty();
    }
}
