package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.fake.SlurmTurn;
import io.gpushare.process.CommandResult;
import io.gpushare.results.benchmark.RunResultFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code fleet} as a person runs it, on the two nodes of a real Slurm. */
@Tag("slurm")
@ExtendWith(SlurmTurn.class)
final class FleetSlurmTest {
    @TempDir
    Path temporary;

    private BenchProgram program;

    @BeforeAll
    static void needsACluster() throws InterruptedException {
        BenchSlurmTest.needsACluster();
    }

    @BeforeEach
    void writeAPlan() throws Exception {
        program = new BenchProgram(temporary, Map.of());
        plan("4s");
    }

    private void plan(String duration) throws Exception {
        Files.writeString(temporary.resolve("plan.yaml"), """
                gpushare: 1
                mode: time-slicing
                tenants: [{workload: spin}]
                runtime: slurm
                duration: %s
                precision: 90%%
                baseline: none
                """.formatted(duration));
    }

    private CommandResult fleet(String options) throws InterruptedException {
        return program.shell("%s fleet plan.yaml --json %s".formatted(BenchProgram.GPUSHARE, options));
    }

    private static JsonNode answer(CommandResult ran) throws Exception {
        return new ObjectMapper().readTree(ran.stdout()).path("fleet");
    }

    @Test
    void eachNodeRunsThePlanByItself() throws Exception {
        CommandResult ran = fleet("");

        // On a busy machine a run may be too inexact to be valid.
        assertThat(ran.exitCode()).as(ran.stderr()).isIn(0, 4);
        JsonNode nodes = answer(ran).path("nodes");
        assertThat(nodes.findValuesAsText("node")).containsExactly("n1", "n2");
        assertThat(nodes)
                .allSatisfy(node -> assertThat(
                                node.path("units_per_sec").path("addition").asDouble())
                        .isPositive());
        try (Stream<Path> files = Files.walk(temporary.resolve("results"))) {
            List<String> ranOn = files.filter(
                            file -> file.getFileName().toString().matches("benchmark_.*\\.json"))
                    .map(file -> RunResultFile.read(file)
                            .environment()
                            .at("/runtime/nodes")
                            .toString())
                    .sorted()
                    .toList();
            assertThat(ranOn).containsExactly("[\"n1\"]", "[\"n2\"]");
        }
    }

    @Test
    void leavesOutANodeThatTakesNoJobs() throws Exception {
        program.shell("scontrol update nodename=n2 state=drain reason=test");
        try {
            CommandResult ran = fleet("--nodes n1,n2");

            assertThat(ran.exitCode()).as(ran.stderr()).isEqualTo(4);
            assertThat(answer(ran).path("nodes").findValuesAsText("node")).containsExactly("n1");
            assertThat(answer(ran).at("/left_out/0/node").asText()).isEqualTo("n2");
            assertThat(answer(ran).at("/left_out/0/why").asText()).startsWith("Slurm says that it is dr");
        } finally {
            program.shell("scontrol update nodename=n2 state=resume");
        }
    }

    @Test
    void leavesNoJobBehindWhenItIsInterrupted() throws Exception {
        plan("1m");
        CommandResult ran = program.shell("""
                set -m
                %s fleet plan.yaml > out 2> err & pid=$!
                until [ "$(cat results/*/bench*.jsonl 2> /dev/null | grep -c '"event":"window"')" -ge 1 ]; do
                    kill -0 $pid || break; sleep 0.2
                done
                kill -INT $pid; wait $pid; echo "status $?"
                for i in $(seq 300); do
                    [ -z "$(squeue --noheader --format=%%j | grep gpushare)" ] && break; sleep 0.1
                done
                squeue --noheader --format=%%j
                """.formatted(BenchProgram.GPUSHARE));

        assertThat(ran.stdout())
                .as(program.text("err"))
                .startsWith("status 130\n")
                .doesNotContain("gpushare");
        assertThat(program.text("out")).contains("Node", "interrupted");
    }

    @Test
    void saysWhatIsWrongBeforeAnythingRuns() throws Exception {
        CommandResult unknown = fleet("--nodes n77");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.stderr()).contains("no node of this cluster is called 'n77' or has such a feature");

        Files.writeString(
                temporary.resolve("plan.yaml"),
                "gpushare: 1\nmode: time-slicing\ntenants: [{workload: spin}]\ngpu: none\n");
        CommandResult elsewhere = fleet("");
        assertThat(elsewhere.exitCode()).isEqualTo(2);
        assertThat(elsewhere.stderr()).contains("a fleet is made of nodes that Slurm or Kubernetes gives");
    }
}
