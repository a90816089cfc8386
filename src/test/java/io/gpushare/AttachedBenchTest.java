package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.CommandResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.results.benchmark.WatchedResult;
import io.gpushare.runtime.docker.engine.TestEngine;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bench} beside a program that somebody else runs, as a person runs it. */
final class AttachedBenchTest {
    private static final String BENCH =
            BenchProgram.GPUSHARE + " bench --out results --gpu none --runtime process --pin none --workload spin ";

    /**
     * Has children that come and go, and one that stays. A shell blocks signals for the moment in which it starts one:
     * what is usual of several looks is how it is.
     */
    private static final String NEIGHBOUR = """
        setsid bash -c 'sleep 600 & while :; do (for i in {1..3000}; do :; done); sleep 0.02; done' & neighbour=$!
        trap 'kill -- -$neighbour 2> /dev/null' EXIT
        look() { awk '{ print $1, $22 }' /proc/$neighbour/stat; cat /proc/$neighbour/oom_score_adj; \\
            grep -E 'Sig(Blk|Ign|Cgt)|Cpus_allowed:' /proc/$neighbour/status; }
        usual() { for _ in {1..9}; do look | tr '\\n' ' '; echo; sleep 0.02; done \\
            | sort | uniq -c | sort --numeric-sort --reverse | head --lines 1 | sed 's/^ *[0-9]* //'; }
        sleep 0.3
        before=$(usual)
        """;

    private static final String AS_IT_WAS = """
        for _ in {1..20}; do [ "$(usual)" = "$before" ] && echo 'as it was' && break; done
        """;

    @TempDir
    Path temporary;

    private BenchProgram program;

    @BeforeEach
    void startInAFolderOfItsOwn() {
        program = new BenchProgram(temporary, Map.of());
    }

    private CommandResult beside(String script) throws InterruptedException {
        return program.shell(NEIGHBOUR + script + AS_IT_WAS);
    }

    @Test
    void watchesWhatItUsesAndLeavesItAsItWas() throws Exception {
        CommandResult ran = beside(BENCH + "--duration 4s --attach $neighbour 2> err\n");

        RunResult run = program.onlyResult();
        WatchedResult watched = run.watched().getFirst();
        assertThat(watched.number()).isEqualTo(1);
        assertThat(watched.name()).isEqualTo("bash");
        assertThat(watched.processes()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(watched.host().asOptional().orElseThrow().cpuS()).isPositive();
        assertThat(watched.gpuMemoryBytes().toString()).contains("no GPU took part");
        assertThat(run.tenants()).hasSize(1);
        assertThat(run.baselines()).hasSize(1);
        assertThat(ran.stdout())
                .contains("1 tenant beside bash", "Watched      tenant 1 (bash): ", "as it was\n")
                .containsPattern("baselines\\s+of\\s+the\\s+others");
        assertThat(BenchProgram.processesOf(run.group())).isEmpty();
    }

    @Test
    void itsEndInTheMeasurementIsAFinding() throws Exception {
        CommandResult ran = program.shell(NEIGHBOUR + BENCH + """
                --duration 4s --baseline none --attach $neighbour 2> err & bench=$!
                until grep -q '"event":"window"' results/bench*.jsonl 2> /dev/null; do
                    kill -0 $bench || break; sleep 0.2
                done
                kill -9 $neighbour
                wait $bench; echo "status $?"
                """);

        RunResult run = program.onlyResult();
        assertThat(ran.stdout()).contains("status 1\n");
        assertThat(run.verdict().findings()).extracting(Finding::reason).contains(Reason.WATCHED_ENDED);
        assertThat(run.tenants().getFirst().problem()).isEmpty();
    }

    /** Neither by itself nor by what cleans up after it. */
    @ParameterizedTest
    @ValueSource(strings = {"KILL", "INT", "TERM"})
    void whoeverEndsGpushareDoesNotEndIt(String signal) throws Exception {
        // Without job control a shell starts background programs deaf to SIGINT.
        CommandResult ended = beside("set -m\n" + BENCH + """
                --duration 1m --attach $neighbour > out 2> err & bench=$!
                until grep -q '"event":"window"' results/bench*.jsonl 2> /dev/null; do
                    kill -0 $bench || break; sleep 0.2
                done
                kill -%s $bench
                wait $bench
                %s
                """.formatted(signal, BenchProgram.CLEANUP));

        assertThat(ended.stdout()).contains("as it was\n");
    }

    @Test
    void whereItIsGoneNothingIsStarted() throws Exception {
        CommandResult refused = program.shell("sleep 0 & gone=$!; wait $gone\n" + BENCH + "--attach $gone");

        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.stderr()).contains("there is no process", "to attach to");
        assertThat(program.results()).isEmpty();
    }

    @Test
    void theShellThatRunsItIsRefused() throws Exception {
        CommandResult refused = program.shell(BENCH + "--attach $$; echo status $?");

        assertThat(refused.stdout()).contains("status 2");
        assertThat(program.results()).isEmpty();
    }

    @Test
    @Tag("docker")
    void aContainerIsWatchedAndItsRestartIsAFinding() throws Exception {
        TestEngine.withBusybox();
        CommandResult ran = program.shell("""
                name=gpushare-test-attached-$$
                docker run --detach --name $name --entrypoint sh %s -c 'while :; do :; done' > /dev/null || exit 9
                trap 'docker rm --force $name > /dev/null' EXIT
                %s--duration 4s --baseline none --attach container:$name 2> err
                docker inspect --format '{{.State.Running}} {{.RestartCount}}' $name
                mv results first
                %s--duration 4s --baseline none --attach container:$name 2> err & bench=$!
                until grep -q '"event":"window"' results/bench*.jsonl 2> /dev/null; do
                    kill -0 $bench || break; sleep 0.2
                done
                docker restart --time 0 $name > /dev/null
                wait $bench; echo "status $?"
                """.formatted(TestEngine.IMAGE, BENCH, BENCH));

        assertThat(ran.stdout())
                .containsPattern("Watched      tenant 1 \\(gpushare-test-attached-[0-9]+\\): [0-9.]+ s of CPU")
                .contains("true 0\n", "status 1\n");
        RunResult restarted = program.onlyResult();
        assertThat(restarted.watched().getFirst().attachedTo()).startsWith("container:gpushare-test-attached-");
        assertThat(restarted.verdict().findings()).anySatisfy(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.WATCHED_ENDED);
            assertThat(finding.message()).contains("it was restarted");
        });
    }
}
