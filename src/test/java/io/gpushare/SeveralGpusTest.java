package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cores.CpuSet;
import io.gpushare.fake.FakeGpus;
import io.gpushare.process.CommandResult;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench --gpu all} on a machine with two (fake) GPUs. */
@Timeout(120)
final class SeveralGpusTest {
    private static final String BENCH = "bench --out results --runtime process --workload fake-tenant:2"
            + " --env FAKE_GPU_STATE --set fake-tenant.load-ms=5 --workloads-dir "
            + Path.of("src/test/resources/io/gpushare/fake/workloads").toAbsolutePath() + " ";

    private static final String MPS = "--mode mps --baseline none ";

    @TempDir
    Path temporary;

    private FakeGpus gpus;
    private BenchProgram program;

    @BeforeEach
    void createAMachine() throws InterruptedException {
        gpus = FakeGpus.create(temporary, "h200", "h200");
        program = new BenchProgram(temporary, gpus.environment());
    }

    @AfterEach
    void endWhatRuns() {
        gpus.close();
    }

    private List<RunResult> results() throws IOException {
        return program.results().stream()
                .filter(file -> file.getFileName().toString().matches("benchmark_.*gpu\\d\\.json"))
                .sorted((one, other) -> gpuOf(one).compareTo(gpuOf(other)))
                .map(RunResultFile::read)
                .toList();
    }

    private static String gpuOf(Path file) {
        return file.getFileName().toString().replaceAll(".*-(gpu\\d)\\.json", "$1");
    }

    private static List<Reason> reasons(RunResult run) {
        return run.verdict().findings().stream().map(Finding::reason).toList();
    }

    @Test
    void eachGpuHasItsOwnModeTenantsAndResult() throws Exception {
        String before = gpus.show();

        CommandResult ran = program.gpushare(BENCH + MPS + "--duration 4s --precision 90% --gpu all --json");

        assertThat(ran.exitCode()).as(ran.stderr()).isZero();
        assertThat(gpus.show()).isEqualTo(before);
        List<RunResult> results = results();
        assertThat(results).hasSize(2).allSatisfy(run -> {
            assertThat(run.proof().proven()).isTrue();
            assertThat(run.otherCards()).isEqualTo(1);
            assertThat(run.plan().document().path("gpu").asText()).isEqualTo("all");
        });
        assertThat(results.stream().map(SeveralGpusTest::card)).doesNotHaveDuplicates();
        assertThat(results.get(0).environment().at("/company/gpus/0/uuid").asText())
                .isEqualTo(card(results.get(1)));
        JsonNode answer = new ObjectMapper().readTree(ran.stdout());
        assertThat(answer.path("gpus").valueStream().map(gpu -> gpu.path("uuid").asText()))
                .containsExactly(card(results.get(0)), card(results.get(1)));
        assertThat(answer.at("/gpus/1/answer/run_id").asText())
                .isEqualTo(results.get(1).runId());
        assertThat(program.journals()).isEmpty();
    }

    private static String card(RunResult run) {
        return run.environment().at("/gpus/0/uuid").asText();
    }

    /** For MIG all let go of the driver, and of what they sampled through it. */
    @Test
    void eachGpuIsDividedInItsTurnAndSampledAgain() throws Exception {
        String before = gpus.show();

        CommandResult ran =
                program.gpushare(BENCH + "--mode mig --profiles 3g.71gb:2 --duration 4s --precision 90% --gpu all");

        assertThat(ran.exitCode()).as(ran.stdout() + ran.stderr()).isZero();
        assertThat(gpus.show()).isEqualTo(before);
        assertThat(results()).hasSize(2).allSatisfy(run -> {
            assertThat(run.proof().proven()).isTrue();
            assertThat(run.baselines()).hasSize(1);
            assertThat(run.warnings()).noneMatch(warning -> warning.contains("sampl"));
            GpuUse use = run.gpu().asOptional().orElseThrow();
            assertThat(use.levels("power_w").orElseThrow().n()).isGreaterThan(20);
            assertThat(use.levels("power_recorded_w")).isPresent();
        });
    }

    /** Where there are enough for all, which no small machine has. */
    @Test
    void noCoreIsGivenToTenantsOfTwoGpus() throws Exception {
        program.gpushare(BENCH.replace("fake-tenant:2", "fake-tenant") + MPS + "--duration 1s --gpu 0,1");

        Set<Integer> given = new HashSet<>();
        for (RunResult run : results()) {
            for (TenantResult tenant : run.tenants()) {
                String cpus = tenant.start().launched().path("cpus").asText();
                if (!cpus.isEmpty()) {
                    assertThat(given)
                            .doesNotContainAnyElementsOf(CpuSet.parse(cpus).numbers());
                    given.addAll(CpuSet.parse(cpus).numbers());
                }
            }
        }
        assertThat(given.isEmpty()).isEqualTo(Runtime.getRuntime().availableProcessors() < 2);
    }

    @Test
    void whereAnotherGpushareHasOneNothingIsStarted() throws Exception {
        String before = gpus.settings();

        CommandResult refused = program.shell(
                """
            %1$s %2$s --gpu 1 --duration 20s > /dev/null 2>&1 & first=$!
            until ls results/benchmark_*.jsonl > /dev/null 2>&1; do kill -0 $first || exit 9; sleep 0.05; done
            %1$s %3$s --gpu all --duration 1s > /dev/null; status=$?
            kill -INT $first; wait $first
            exit $status
            """.formatted(BenchProgram.GPUSHARE, BENCH + MPS, BENCH.replace("results", "second") + MPS));

        assertThat(refused.exitCode()).as(refused.stderr()).isEqualTo(3);
        assertThat(refused.stderr()).contains("GPU 1 (NVIDIA H200) is in use by another gpushare (pid ");
        assertThat(temporary.resolve("second")).isEmptyDirectory();
        assertThat(gpus.settings()).isEqualTo(before);
        assertThat(gpus.changingCommands()).noneMatch(command -> command.contains("GPU-") && command.contains("-i 0"));
    }

    @Test
    void whereAStrangerUsesOneNothingIsStarted() throws Exception {
        CommandResult refused = program.shell("""
            export CUDA_VISIBLE_DEVICES=$(nvidia-smi -L | sed -n '2s/.*UUID: \\(.*\\))/\\1/p')
            setsid fake-tenant --memory-mib 2048 --alone 100 > /dev/null 2>&1 & stranger=$!
            sleep 0.5
            %s %s --gpu all --duration 1s; status=$?
            kill $stranger
            exit $status
            """.formatted(BenchProgram.GPUSHARE, BENCH + MPS));

        assertThat(refused.exitCode()).as(refused.stderr()).isEqualTo(3);
        assertThat(refused.stderr())
                .contains("GPU 1 (NVIDIA H200) is used by another process")
                .contains("nothing was started on any GPU");
        assertThat(program.results()).isEmpty();
        assertThat(gpus.changingCommands()).noneMatch(command -> command.contains("mps"));
    }

    @Test
    void ctrlCEndsAllAndPutsAllBack() throws Exception {
        String before = gpus.show();

        CommandResult ended = program.interrupted(
                BENCH.replace("bench --out results", "") + MPS + "--duration 60s --gpu all", 2, "INT");

        assertThat(ended.stdout()).as(program.text("err")).contains("status 130");
        assertThat(results())
                .hasSize(2)
                .allSatisfy(run -> assertThat(reasons(run)).contains(Reason.INTERRUPTED));
        assertThat(gpus.show()).isEqualTo(before);
    }

    @Test
    void whatAKilledRunLeftOnBothIsPutBack() throws Exception {
        String before = gpus.show();
        program.interrupted(
                BENCH.replace("bench --out results", "")
                        + "--mode mig --profiles 3g.71gb:2 --baseline none --duration 60s --gpu all",
                2,
                "KILL");
        assertThat(gpus.settings()).contains("3g.71gb");

        CommandResult restored = program.gpushare("restore");

        assertThat(restored.exitCode()).as(restored.stderr()).isZero();
        assertThat(restored.stdout()).contains("GPU 0", "GPU 1");
        assertThat(gpus.show()).isEqualTo(before);
        assertThat(program.journals()).hasSize(2);
    }
}
