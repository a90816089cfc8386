package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gpushare.fake.SlurmTurn;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench} as a person runs it, with tenants on the two nodes of a real Slurm. */
@Tag("slurm")
@ExtendWith(SlurmTurn.class)
final class BenchSlurmTest {
    private static final String SPIN =
            "--runtime slurm --slurm nodes=2 --baseline none --precision 90% --workload spin:";

    /** Of the processes of this machine, which plays both nodes, the one of this tenant's. */
    private static final String SRUN_OF_TENANT_1 = "pgrep --oldest -f '[s]run .*--job-name=tenant-1 '";

    private static final String STEPD_OF_TENANT_1 = "pgrep -f \"[s]lurmstepd: \\[$(squeue --steps --noheader"
            + " --format='%i %j' | awk '$2 == \"tenant-1\" { print $1 }')\\]\"";

    @TempDir
    Path temporary;

    private BenchProgram program;

    @BeforeAll
    static void needsACluster() throws InterruptedException {
        CommandRunner runner = new CommandRunner(System.getenv());
        assumeTrue(runner.find("sinfo").isPresent(), "Slurm is not installed");
        CommandResult nodes = runner.run(Command.of("sinfo", "--noheader", "--Node", "--format=%t"));
        assumeTrue(
                nodes.succeeded() && nodes.stdout().lines().count() >= 2,
                "no Slurm with two nodes answers: src/test/slurm/cluster starts one");
    }

    @BeforeEach
    void startInAFolderOfItsOwn() {
        program = new BenchProgram(temporary, Map.of());
    }

    /** By name; the tests of one class run one after another. */
    private String jobs() throws InterruptedException {
        return program.shell("squeue --noheader --states=all --format='%j %T' | grep -v -e COMPLET -e CANCEL"
                        + " -e TIMEOUT || true")
                .stdout();
    }

    private void nothingIsLeftOf(RunResult run) throws Exception {
        assertThat(jobs()).doesNotContain("gpushare-" + run.group(), "gpushare-waiting");
        assertThat(BenchProgram.processesOf(run.group())).isEmpty();
    }

    @Test
    void measuresEightTenantsOnTwoNodesAndLeavesOnlyTheResult() throws Exception {
        CommandResult ran = program.gpushare("bench --out results --duration 5s " + SPIN + 8);

        RunResult run = program.onlyResult();
        // Eight tenants on a machine that others keep busy wobble; nothing else may speak against it.
        assertThat(run.verdict().findings())
                .extracting(Finding::reason)
                .as(ran.stderr())
                .isSubsetOf(Reason.IMPRECISE, Reason.DRIFTING, Reason.TOO_FEW_SAMPLES);
        assertThat(ran.exitCode()).isEqualTo(run.verdict().valid() ? 0 : 1);
        assertThat(run.tenants()).hasSize(8).allSatisfy(tenant -> {
            assertThat(tenant.work().units()).isPositive();
            assertThat(tenant.start().launched().path("clock_error_ns").asLong())
                    .isBetween(1L, 5_000_000L);
        });
        assertThat(run.tenants())
                .filteredOn(tenant ->
                        tenant.start().launched().path("node").asText().equals("n1"))
                .hasSize(4);
        assertThat(run.environment().path("runtime").path("version").asText()).startsWith("slurm");
        nothingIsLeftOf(run);
    }

    /** In a job of its own beside one of the same user that is nobody's concern. */
    private RunResult struck(String blow) throws Exception {
        program.shell("""
            sleep 120 | salloc --ntasks=1 --job-name=gpushare-foreign --time=5 cat > /dev/null 2>&1 & foreign=$!
            set -m
            %s bench --out results --duration 9s %s4 > out 2> err & pid=$!
            until [ "$(cat results/bench*.jsonl 2> /dev/null | grep '"event":"window"' | grep -o '"tenant":[0-9]*' \\
                | sort -u | wc -l)" -eq 4 ]; do
                kill -0 $pid || break; sleep 0.2
            done
            job=$(squeue --noheader --format='%%i %%k' | awk '$2 == "gpushare" { print $1 }')
            %s
            wait $pid
            squeue --noheader --name=gpushare-foreign --format=%%T > foreign
            kill $foreign; scancel --name=gpushare-foreign
            """.formatted(BenchProgram.GPUSHARE, SPIN, blow));
        assertThat(program.text("foreign").strip()).isEqualTo("RUNNING");
        RunResult run = program.onlyResult();
        nothingIsLeftOf(run);
        return run;
    }

    private static Optional<String> problem(RunResult run, int tenant) {
        return run.tenants().get(tenant).problem().map(Problem::message);
    }

    @Test
    void tellsThatASrunWasKilledAndMeasuresTheOthers() throws Exception {
        RunResult run = struck("kill -9 $(" + SRUN_OF_TENANT_1 + ")");

        assertThat(problem(run, 1)).contains("it was lost: its srun on this machine was killed while it was measured");
        assertThat(run.tenants()).filteredOn(TenantResult::failed).hasSize(1);
    }

    @Test
    void endsATenantWhoseSlurmstepdDied() throws Exception {
        RunResult run = struck("kill -9 $(" + STEPD_OF_TENANT_1 + ")");

        assertThat(problem(run, 1))
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith("it was lost: its process on the node n2 is gone, and Slurm has not noticed"));
        assertThat(run.tenants()).filteredOn(TenantResult::failed).hasSize(1);
    }

    @Test
    void tellsThatSomebodyCancelledItsJob() throws Exception {
        RunResult run = struck("scancel $job");

        assertThat(run.verdict().findings()).extracting(Finding::reason).contains(Reason.TENANT_FAILED);
        assertThat(problem(run, 0))
                .hasValueSatisfying(message -> assertThat(message)
                        .matches("it was lost: the Slurm job \\d+ was cancelled while it was measured"));
    }

    /** Steps live on without it; it comes back afterwards, as a service does. */
    @Test
    void measuresOnWhenASlurmdDies() throws Exception {
        RunResult run = struck("kill -9 $(cat ${SLURM_CONF%/*}/slurmd-n2.pid)");
        program.shell("""
            slurmd -N n2
            for i in $(seq 100); do
                [ "$(sinfo --noheader --Node --format=%t | grep --count '^idle$')" = 2 ] && break; sleep 0.1
            done
            """);

        assertThat(run.tenants()).filteredOn(TenantResult::failed).isEmpty();
    }

    @Test
    void cancelsItsJobWhenItIsInterrupted() throws Exception {
        CommandResult ended = program.interrupted("--duration 1m " + SPIN + 4, 4, "INT");

        assertThat(ended.stdout()).as(program.text("err")).startsWith("status 130\n");
        nothingIsLeftOf(program.onlyResult());
    }

    @Test
    void aKilledRunGivesItsNodesBack() throws Exception {
        CommandResult killed = program.interrupted("--duration 1m " + SPIN + 4, 4, "KILL");

        assertThat(killed.stdout()).startsWith("status 137\n");
        String group = BenchProgram.group(program.journals().getFirst());
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < deadline
                && (jobs().contains("gpushare-" + group)
                        || !BenchProgram.processesOf(group).isEmpty())) {
            Thread.sleep(50);
        }
        assertThat(jobs()).doesNotContain("gpushare-" + group);
        assertThat(BenchProgram.processesOf(group)).isEmpty();
    }

    /** Its salloc is killed too, so that nobody gives the nodes back. */
    @Test
    void cleanupCancelsTheJobOfAKilledRunAndNoOther() throws Exception {
        program.shell("""
            sleep 120 | salloc --ntasks=1 --job-name=gpushare-foreign --time=5 cat > /dev/null 2>&1 & foreign=$!
            set -m
            %s bench --out results --duration 1m %s4 > out 2> err & pid=$!
            until grep -qs '"event":"window"' results/bench*.jsonl; do kill -0 $pid || break; sleep 0.2; done
            squeue --noheader --format='%%j %%k' > before
            kill -STOP $(pgrep -f '[s]alloc --job-name=gpushare-waiting-')
            kill -9 $pid
            wait $pid
            """.formatted(BenchProgram.GPUSHARE, SPIN));
        assertThat(program.text("before")).contains("gpushare run=");

        CommandResult cleanup = program.cleanup();

        assertThat(cleanup.exitCode()).as(cleanup.stderr()).isZero();
        assertThat(program.shell("squeue --noheader --states=RUNNING --format=%j")
                        .stdout()
                        .strip())
                .isEqualTo("gpushare-foreign");
        program.shell("scancel --name=gpushare-foreign");
    }

    @Test
    void endsTheWaitForNodesWhenItIsInterrupted() throws Exception {
        program.shell("""
            sleep 60 | salloc --nodes=2 --exclusive --job-name=all --time=5 cat > /dev/null 2>&1 & sleep 1
            set -m
            %s bench --out results --duration 5s %s2 > out 2> err & pid=$!
            until grep -q 'waits for Slurm' err; do kill -0 $pid || break; sleep 0.2; done
            kill -INT $pid; wait $pid; echo "status $?" > status
            squeue --noheader --format='%%j %%T' > left
            scancel --name=all
            """.formatted(BenchProgram.GPUSHARE, SPIN));

        assertThat(program.text("status")).isEqualTo("status 130\n");
        assertThat(program.text("err")).contains(" waits for Slurm (Resources); Slurm ");
        assertThat(program.text("left").strip()).isEqualTo("all RUNNING");
    }
}
