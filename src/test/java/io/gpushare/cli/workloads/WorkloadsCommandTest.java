package io.gpushare.cli.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.workload.WorkloadCatalog;
import io.gpushare.workload.WorkloadFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

final class WorkloadsCommandTest {
    @TempDir
    Path home;

    private final CapturedConsole captured = CapturedConsole.piped();

    @Command(name = "build", header = "Build images.")
    static final class Build implements Runnable {
        boolean ran;

        @Override
        public void run() {
            ran = true;
        }
    }

    private final Build build = new Build();

    private int run(String... arguments) {
        return CommandTree.of(
                        captured.console,
                        List.of(WorkloadsCommand.of(
                                captured.console, home, SomeLacks.ofAnEmptyMachine(), List.of(build))))
                .execute(arguments);
    }

    @BeforeEach
    void write() {
        WorkloadFolders folders = new WorkloadFolders(home.resolve("workloads"));
        folders.add("train");
        folders.add("loop", """
                name: loop
                description: Goes round and round.
                kind: stress
                unit: call
                gpu: none
                command: [sh, -c, 'echo "it''s"']
                memory: 512MiB
                cpus: 2
                network: true
                environment: {OMP_NUM_THREADS: 1}
                parameters:
                  batch: {flag: --batch, type: integer, min: 1, default: 8, description: calls a step}
                  shape: {flag: --shape, type: text, choices: [round, square], description: of the loop}
                """);
    }

    @Test
    void warnsOfTwoWorkloadsOfOneImage() {
        WorkloadFolders folders = new WorkloadFolders(home.resolve("workloads"));
        folders.write("train/Dockerfile", "FROM scratch");
        folders.add("trail", WorkloadFolders.yaml("trail") + "image: gpushare/train\n");

        assertThat(run("workloads", "list")).isZero();
        assertThat(captured.err())
                .startsWith("warning: the workloads trail and train name one image, gpushare/train: ");
        int before = captured.err().length();
        assertThat(run("workloads", "show", "loop")).isZero();
        assertThat(captured.err()).hasSize(before);
        assertThat(run("workloads", "show", "train", "--json")).isZero();
        assertThat(captured.err().substring(before)).startsWith("warning: the workloads trail and train");
    }

    @Test
    void listsWorkloads() {
        assertThat(run("workloads", "list")).isZero();
        assertThat(captured.out()).isEqualTo("""
                Name   Kind      Unit    GPU       Description
                ────────────────────────────────────────────────────────
                loop   stress    call    none      Goes round and round.
                train  training  sample  optional  Does things.
                """);
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void showsAWorkload() {
        Path folder = home.resolve("workloads/loop");
        String digest = WorkloadCatalog.read(folder.resolve("workload.yaml")).digest();
        assertThat(run("workloads", "show", "loop")).isZero();
        assertThat(captured.out()).isEqualTo("""
                loop
                Goes round and round.

                kind         stress
                unit         call
                GPU          none
                command      sh -c 'echo "it'\\''s"'
                folder       %s
                image        gpushare/loop
                limits       512 MiB of memory, 2 CPUs, network (in a container)
                launch       parallel, ready within 2m
                environment  OMP_NUM_THREADS=1
                digest       sha256:%s

                Parameter  Values          Default  Flag     Description
                ─────────────────────────────────────────────────────────
                batch      integer from 1  8        --batch  calls a step
                shape      round, square   –        --shape  of the loop

                Set one with --set loop.batch=8
                """.formatted(folder, digest));
    }

    @Test
    void addsFoldersOfTheUser(@TempDir Path own) throws IOException {
        new WorkloadFolders(own).add("mine");
        assertThat(run("workloads", "list", "--workloads-dir", own.toString(), "--json"))
                .isZero();
        JsonNode workloads = new ObjectMapper().readTree(captured.out()).get("workloads");
        assertThat(workloads.findValuesAsText("name")).containsExactly("loop", "mine", "train");
    }

    @Test
    void answersInJson() throws IOException {
        assertThat(run("workloads", "show", "loop", "--json")).isZero();
        JsonNode loop = new ObjectMapper().readTree(captured.out());
        assertThat(loop.get("memory_bytes").asLong()).isEqualTo(512L << 20);
        assertThat(loop.get("ready_timeout_s").asDouble()).isEqualTo(120);
        assertThat(loop.at("/parameters/batch/min").asInt()).isEqualTo(1);
        assertThat(loop.at("/parameters/shape/default").isNull()).isTrue();
        assertThat(loop.get("digest").asText()).startsWith("sha256:");
    }

    @Test
    void suggestsTheWorkloadThatWasMeant() {
        assertThat(run("workloads", "show", "lop")).isEqualTo(2);
        assertThat(captured.err()).isEqualTo("""
                error: there is no workload 'lop'
                       Did you mean loop? There are loop, train.
                """);
    }

    @Test
    void saysWhatIsMissingAndHowToGetIt() throws IOException {
        WorkloadFolders folders = new WorkloadFolders(home.resolve("workloads"));
        folders.add("burn", WorkloadFolders.yaml("burn") + """
                protocol: none
                measure: gpu-burn
                image: burn:1
                needs: [./burn]
                get: Build it with make, and put it into the folder.
                """);

        assertThat(run("workloads", "list")).isZero();
        assertThat(captured.out())
                .endsWith("burn cannot run yet: the program 'python3' is not on this machine, and no engine here has"
                        + " the image\nburn:1. Build it with make, and put it into the folder.\n");
        int before = captured.out().length();
        assertThat(run("workloads", "show", "burn")).isZero();
        assertThat(captured.out().substring(before))
                .contains("measured by  what it prints of each gflop, until it is stopped")
                .contains("burn cannot run yet: ");
        before = captured.out().length();
        assertThat(run("workloads", "show", "burn", "--json")).isZero();
        JsonNode burn = new ObjectMapper().readTree(captured.out().substring(before));
        assertThat(burn.get("protocol").asText()).isEqualTo("none");
        assertThat(burn.get("missing").asText()).startsWith("the program 'python3' is not on this machine");
        assertThat(burn.get("get").asText()).startsWith("Build it with make");
    }

    @Test
    void takesFurtherCommandsAndNamesAllWhenNoneIsGiven() {
        assertThat(run("workloads", "build")).isZero();
        assertThat(build.ran).isTrue();
        assertThat(run("workloads")).isEqualTo(2);
        assertThat(captured.err()).contains("missing command: one of list, show, build");
    }

    @Test
    void tellsWhereAWorkloadIsBroken() {
        Path broken = new WorkloadFolders(home.resolve("workloads"))
                .add("bad", WorkloadFolders.yaml("bad").replace("gpu: optional", "gpu: maybe"));
        assertThat(run("workloads", "list")).isEqualTo(2);
        assertThat(captured.err())
                .isEqualTo(
                        "error: " + broken + ", line 5: gpu must be one of none, optional, required, and is 'maybe'\n");
    }
}
