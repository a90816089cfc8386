package io.gpushare.runtime.process;

import static io.gpushare.runtime.process.ProcessWorkloads.launch;
import static io.gpushare.runtime.process.ProcessWorkloads.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.Placement;
import io.gpushare.process.Command;
import io.gpushare.process.CommandRunner;
import io.gpushare.process.ProcessTable;
import io.gpushare.process.RunOwner;
import io.gpushare.process.RunningProgram;
import io.gpushare.runtime.OneAtATime;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.workload.Workload;
import io.gpushare.workload.Workload.GpuNeed;
import io.gpushare.workload.WorkloadCatalog;
import io.gpushare.workload.protocol.Instruction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessRuntimeTest {
    private static final Path SPIN = Path.of("workloads/spin").toAbsolutePath();

    @TempDir
    Path folder;

    private final PrintedOutput output = new PrintedOutput();
    private final ProcessRuntime runtime = new ProcessRuntime(
            hostEnvironment(), Map.of("FROM", "given", "HOST", "yes", "NCCL_DEBUG", "given"), new LeftBehind());

    private static Map<String, String> hostEnvironment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(Map.of("CUDA_VISIBLE_DEVICES", "all of them", "DB_PASSWORD", "secret"));
        environment.putAll(Map.of("NCCL_DEBUG", "host", "OMP_NUM_THREADS", "3"));
        environment.put("CUDA_MPS_PINNED_DEVICE_MEM_LIMIT", "0=1G");
        return environment;
    }

    @AfterEach
    void endEverything() {
        runtime.close();
    }

    private static TenantExit exitOf(Tenant tenant) throws Exception {
        return tenant.exit().get(30, TimeUnit.SECONDS);
    }

    private static void await(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never comes").isLessThan(giveUp);
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    @Test
    void runsTheCommandInItsFolderWithArgumentsAndEachLayerOfVariables() throws Exception {
        String script = "pwd; echo \"$0 $1\"; echo $HOST $WORKLOAD $PLACED $LAUNCHED $FROM;"
                + " echo $GPUSHARE_TENANT $GPUSHARE_RUN_ID $GPUSHARE_OWNER; echo \"<$CUDA_VISIBLE_DEVICES>\"";
        Placement placement = new Placement(
                Optional.of("MIG-1"), Optional.of("GPU-1"), Map.of("PLACED", "yes", "FROM", "placement"), List.of());
        TenantLaunch launch = new TenantLaunch(
                "4f1c09",
                3,
                shell(folder.toRealPath(), script),
                List.of("--batch", "two words"),
                Map.of("LAUNCHED", "yes", "FROM", "launch"),
                placement,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());

        Tenant tenant = runtime.launch(launch, output);

        assertThat(exitOf(tenant).successful()).isTrue();
        assertThat(output.text().lines())
                .containsExactly(
                        folder.toRealPath().toString(),
                        "--batch two words",
                        "yes yes yes yes launch",
                        "3 4f1c09 " + RunOwner.current().text(),
                        "<MIG-1>");
    }

    @Test
    void inheritsWhatProgramsNeedAndNoSecrets() throws Exception {
        String script = "echo \"<$DB_PASSWORD>\" $OMP_NUM_THREADS $NCCL_DEBUG $PATH";
        exitOf(runtime.launch(launch(0, shell(folder, script)), output));

        assertThat(output.text()).isEqualTo("<> 3 given " + System.getenv("PATH") + "\n");
        assertThat(runtime.description().path("variables").toString())
                .contains("OMP_NUM_THREADS", "HOST")
                .doesNotContain("DB_PASSWORD");
    }

    @Test
    void endsAndNamesWhatLeftItsSessionAndThrewItsMarksAway() throws Exception {
        String script = "setsid env -i sh -c 'echo $$ > away; exec sleep 600' > /dev/null 2>&1 &"
                + " while [ ! -s away ]; do sleep 0.01; done";
        Tenant tenant = runtime.launch(launch(0, shell(folder, script)), output);
        assertThat(exitOf(tenant).successful()).isTrue();
        int away = Integer.parseInt(Files.readString(folder.resolve("away")).strip());
        assertThat(ProcessTable.ofThisMachine().find(away)).isPresent();

        tenant.close();

        assertThat(ProcessTable.ofThisMachine().find(away)).isEmpty();
        assertThat(Path.of("/proc/" + away)).doesNotExist();
        assertThat(runtime.takeWarnings())
                .containsExactly("tenant 0 (trial) left 1 program running that had left its session: pid " + away
                        + " (sleep 600); ended now");
        assertThat(runtime.takeWarnings()).isEmpty();
    }

    @Test
    void leavesWhatATenantOfAnotherRunStartedUntilThatHasEnded() throws Exception {
        LeftBehind shared = new LeftBehind();
        String script = "setsid env -i sh -c 'echo $$ > away; exec sleep 600' > /dev/null 2>&1 &"
                + " while [ ! -s away ]; do sleep 0.01; done; echo away; read until";
        try (ProcessRuntime one = new ProcessRuntime(hostEnvironment(), Map.of(), shared);
                ProcessRuntime other = new ProcessRuntime(hostEnvironment(), Map.of(), shared)) {
            Tenant working = other.launch(launch(0, shell(folder, script)), output);
            await(() -> output.text().contains("away"));
            int away = Integer.parseInt(Files.readString(folder.resolve("away")).strip());
            Tenant brief = one.launch(launch(1, shell(folder, "exit")), new PrintedOutput());
            exitOf(brief);

            brief.close();

            assertThat(ProcessTable.ofThisMachine().find(away)).isPresent();
            assertThat(one.takeWarnings()).isEmpty();
            working.send("\n".getBytes(StandardCharsets.UTF_8));
            exitOf(working);
            working.close();
            assertThat(ProcessTable.ofThisMachine().find(away)).isEmpty();
            assertThat(other.takeWarnings())
                    .singleElement()
                    .asString()
                    .startsWith("one of 2 tenants left 1 program running");
        }
    }

    @Test
    void endsNobodyElsesProgramsAndKeepsTheirExitStatus() throws Exception {
        CommandRunner runner = new CommandRunner(System.getenv());
        Process plain = new ProcessBuilder("sleep", "600").start();
        try (RunningProgram other = runner.start(Command.of("sleep", "600"), new OneAtATime(output), Map.of())) {
            Tenant tenant = runtime.launch(launch(0, shell(folder, "exit")), output);
            for (int status = 0; status < 20; status++) {
                Command exiting = Command.of("sh", "-c", "exit " + status);
                assertThat(runner.run(exiting.leftUndisturbed()).exitCode()).isEqualTo(status);
            }
            exitOf(tenant);
            tenant.close();

            assertThat(plain.isAlive()).isTrue();
            assertThat(other.processes()).contains(other.pid());
            assertThat(runtime.takeWarnings()).isEmpty();
        } finally {
            plain.destroyForcibly();
        }
    }

    @Test
    void buriesWhatEndedByItself() throws Exception {
        String script = "i=0; while [ $i -lt 20 ]; do (setsid env -i sh -c 'echo $$ >> gone' &); i=$((i+1)); done;"
                + " while [ $(wc -l < gone) -lt 20 ]; do sleep 0.01; done";
        Tenant tenant = runtime.launch(launch(0, shell(folder, script)), output);
        assertThat(exitOf(tenant).successful()).isTrue();
        tenant.close();

        assertThat(Files.readAllLines(folder.resolve("gone")))
                .hasSize(20)
                .allSatisfy(pid -> assertThat(Path.of("/proc/" + pid)).doesNotExist());
    }

    @Test
    void leavesOutWhatTheShellOfTheUserSaysOfMps() throws Exception {
        Workload workload =
                ProcessWorkloads.of(folder, GpuNeed.NONE, "sh", "-c", "echo \"<$CUDA_MPS_PINNED_DEVICE_MEM_LIMIT>\"");
        exitOf(runtime.launch(launch(0, workload), output));

        assertThat(output.text()).contains("<>");
    }

    @Test
    void hidesTheGpusFromATenantThatWasGivenNone() throws Exception {
        Workload workload =
                ProcessWorkloads.of(folder, GpuNeed.OPTIONAL, "sh", "-c", "echo \"<$CUDA_VISIBLE_DEVICES>\"");
        exitOf(runtime.launch(launch(0, workload), output));
        assertThat(output.text()).isEqualTo("<>\n");
    }

    @Test
    void talksWithAWorkloadOfOurs() throws Exception {
        Workload spin = ProcessWorkloads.of(SPIN, GpuNeed.NONE, "python3", "-u", "spin.py");
        runtime.require(List.of(spin));
        Tenant tenant = runtime.launch(launch(0, spin), output);
        await(() -> output.text().contains("\"type\":\"ready\""));
        assertThat(tenant.processes()).contains(tenant.description().path("pid").intValue());

        tenant.send(new Instruction.Stop().line());

        assertThat(exitOf(tenant)).isEqualTo(new TenantExit.Exited(0));
        assertThat(runtime.description().at("/programs/trial").asText()).endsWith("/python3");
        assertThat(runtime.description().path("kernel").asText()).isNotBlank();
    }

    @Test
    void findsProgramsInTheWorkloadsFolderAndNamesThoseThatAreMissing() throws Exception {
        Path program = Files.writeString(folder.resolve("mine"), "#!/bin/sh\necho mine\n");
        Workload mine = ProcessWorkloads.of(folder, GpuNeed.NONE, "./mine");
        assertThatThrownBy(() -> runtime.require(List.of(mine)))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("the workload trial runs ")
                .hasMessageContaining("no program that can be executed");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        runtime.require(List.of(mine));
        exitOf(runtime.launch(launch(0, mine), output));
        assertThat(output.text()).isEqualTo("mine\n");

        Workload missing = ProcessWorkloads.of(folder, GpuNeed.NONE, "no-such-program");
        assertThatThrownBy(() -> runtime.require(List.of(mine, missing)))
                .isInstanceOfSatisfying(GpushareException.class, problem -> {
                    assertThat(problem)
                            .hasMessage("the workload trial needs the program 'no-such-program', which is not on the"
                                    + " PATH of this machine");
                    assertThat(problem.advice()).get().asString().contains("Install it");
                });
        assertThatThrownBy(() -> runtime.launch(launch(1, missing), output)).isInstanceOf(GpushareException.class);
    }

    @Test
    void tellsHowToGetWhatAProgramNeedsBesides() throws Exception {
        Path burning = Files.createDirectory(folder.resolve("burn"));
        Path file = Files.writeString(burning.resolve("workload.yaml"), """
            name: burn
            description: Burns.
            kind: stress
            gpu: none
            protocol: none
            command: [sh, -c, exec ./burn]
            needs: [./burn]
            get: Build it with make.
            """);
        Workload burn = WorkloadCatalog.read(file);

        assertThatThrownBy(() -> runtime.require(List.of(burn)))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        problem -> assertThat(problem.advice()).contains("Build it with make."))
                .hasMessage("the workload burn runs " + folder.resolve("burn/burn")
                        + ", which is no program that can be executed");
    }

    @Test
    void namesTheTenantWhoseProgramTheSystemRefuses() {
        Workload workload = ProcessWorkloads.of(folder, GpuNeed.NONE, "sh", "-c", "exit");
        String longerThanAnArgumentMayBe = "x".repeat(3 << 20);
        assertThatThrownBy(() -> runtime.launch(launch(2, workload, longerThanAnArgumentMayBe), output))
                .isInstanceOf(GpushareException.class)
                .hasMessageStartingWith("tenant 2 (trial) cannot be started: ");
    }

    @Test
    void handsOutputOnOneCallAtATime() throws Exception {
        String flood = "i=0; while [ $i -lt 2000 ]; do echo out; echo err >&2; i=$((i+1)); done";
        exitOf(runtime.launch(launch(0, shell(folder, flood)), output));
        assertThat(output.text()).hasSize(2000 * 8);
        assertThat(output.overlapped()).isFalse();
    }

    @Test
    void closingEndsEveryTenantWithItsChildren() throws Exception {
        List<Tenant> tenants = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tenants.add(runtime.launch(
                    launch(i, shell(folder, "trap '' TERM; sleep 600 & setsid sleep 600 & echo up; wait; wait")),
                    new PrintedOutput()));
        }
        await(() -> tenants.stream().allMatch(tenant -> tenant.processes().size() >= 2));
        String run = launch(0, shell(folder, "")).runId();
        await(() -> marked(run) == 12);

        runtime.close();

        assertThat(marked(run)).isZero();
        for (Tenant tenant : tenants) {
            assertThat(exitOf(tenant)).isEqualTo(new TenantExit.Killed(9));
            assertThat(tenant.processes()).isEmpty();
            tenant.close();
        }
        assertThatThrownBy(() -> runtime.launch(launch(9, shell(folder, "exit")), output))
                .isInstanceOf(IllegalStateException.class);
    }

    private static long marked(String run) {
        ProcessTable table = ProcessTable.ofThisMachine();
        return table.all().stream()
                .filter(process -> run.equals(table.environment(process).get("GPUSHARE_RUN_ID")))
                .count();
    }

    @Test
    void aTenantThatEndsAtOnceTakesNothingAnyMore() throws Exception {
        Tenant tenant = runtime.launch(launch(0, shell(folder, "exit 9")), output);
        assertThat(exitOf(tenant)).isEqualTo(new TenantExit.Exited(9));
        assertThatThrownBy(() -> tenant.send(new Instruction.Stop().line())).isInstanceOf(IOException.class);
    }
}
