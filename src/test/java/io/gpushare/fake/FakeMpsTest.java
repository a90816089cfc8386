package io.gpushare.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.fake.FakeTenants.Tenant;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeMpsTest {
    @TempDir
    Path folder;

    private FakeGpus gpus;
    private FakeMps mps;

    @BeforeEach
    void startDaemon() throws InterruptedException {
        gpus = FakeGpus.create(folder, "h200");
        mps = FakeMps.started(gpus, folder.resolve("mps"));
    }

    @AfterEach
    void endEverything() {
        gpus.close();
    }

    @Test
    void listsClientsAsRecorded() throws InterruptedException {
        try (Tenant tenant = FakeTenants.start(gpus, mps.environment())) {
            tenant.ready();
            String server = mps.awaitServer();
            int client = tenant.program().pid();
            List<String> lines = mps.ask("ps").lines().toList();
            assertThat(lines.get(0))
                    .isEqualTo(
                            "PID       ID        SERVER         DEVICE                    NAMESPACE      COMMAND      "
                                    + "  ");
            assertThat(lines.get(1))
                    .startsWith("%-10d1         %-15sGPU-11111111-2222-3333    ".formatted(client, server))
                    .contains("fake-tenant");
            assertThat(mps.ask("get_client_list " + server)).isEqualTo(client + "\n");
            assertThat(gpus.show())
                    .contains("process nvidia-cuda-mps-server pid " + server + " gpu 0 type C\n")
                    .contains("process fake-tenant pid " + client + " gpu 0 type M+C\n");
        }
    }

    @Test
    void givesClientsFewerMultiprocessors() throws InterruptedException {
        assertThat(multiprocessors("40")).contains("\"sm_count\":52,");
        assertThat(multiprocessors("50")).contains("\"sm_count\":66,");
        assertThat(multiprocessors("100")).contains("\"sm_count\":132,");
    }

    private String multiprocessors(String percentage) throws InterruptedException {
        try (Tenant tenant = FakeTenants.start(gpus, with("CUDA_MPS_ACTIVE_THREAD_PERCENTAGE", percentage))) {
            return tenant.ready().heard().text();
        }
    }

    @Test
    void holdsAClientToItsMemoryLimit() throws InterruptedException {
        try (Tenant tenant =
                FakeTenants.start(gpus, with("CUDA_MPS_PINNED_DEVICE_MEM_LIMIT", "0=1G"), "--memory-mib", "2048")) {
            tenant.await(text -> text.contains("\"kind\":\"oom\""));
        }
    }

    @Test
    void takesAllClientsAlongWhenOneFaults() throws InterruptedException {
        try (Tenant sibling = FakeTenants.start(gpus, mps.environment())) {
            sibling.ready();
            try (Tenant faulty = FakeTenants.start(gpus, mps.environment(), "--fault-after-ms", "150")) {
                faulty.await(text -> text.contains("illegal memory access"));
            }
            sibling.await(text -> text.contains("illegal memory access"));
        }
    }

    @Test
    void serverOutlivesTheFaultOfAClientAndTellsOfIt() throws InterruptedException, IOException {
        try (Tenant sibling = FakeTenants.start(gpus, mps.environment())) {
            int bystander = sibling.ready().program().pid();
            String server = mps.awaitServer();
            try (Tenant faulty = FakeTenants.start(gpus, mps.environment(), "--fault-after-ms", "150")) {
                sibling.awaitEnd();
                assertThat(Files.readString(folder.resolve("mps.log/server.log")))
                        .contains(
                                "Client {PID: %d, Context: 1} encountered a fatal GPU error."
                                        .formatted(faulty.program().pid()),
                                "Client {PID: %d, Context ID: 1} on device 0 to be torn down".formatted(bystander));
            }
            try (Tenant next = FakeTenants.start(gpus, mps.environment())) {
                next.ready();
                assertThat(mps.awaitServer()).isEqualTo(server);
            }
        }
    }

    @Test
    void namesDaemonAndServerAlikeAsTheKernelCutsThem() throws InterruptedException, IOException {
        try (Tenant tenant = FakeTenants.start(gpus, mps.environment())) {
            tenant.ready();
            String daemon = Files.readString(folder.resolve("mps/nvidia-cuda-mps-control.pid"));
            for (String pid : List.of(daemon.strip(), mps.awaitServer())) {
                assertThat(Path.of("/proc", pid, "comm")).hasContent("nvidia-cuda-mps");
            }
        }
    }

    @Test
    void letsAClientWhoseDaemonIsDeadRunWithoutMps() throws InterruptedException {
        mps.ask("quit");
        try (Tenant tenant = FakeTenants.start(gpus, mps.environment())) {
            tenant.ready();
            assertThat(gpus.show()).contains("type C\n").doesNotContain("M+C");
        }
    }

    @Test
    void waitsAtItsEndForItsClientsAsLongAsItIsTold() throws InterruptedException {
        try (Tenant tenant = FakeTenants.start(gpus, mps.environment())) {
            tenant.ready();
            CommandResult bounded = mps.control("quit -t 0.2");
            assertThat(bounded.exitCode()).isZero();
            assertThat(bounded.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
            tenant.await(text -> text.contains("\"kind\":\"cuda\""));
            Waiting.until(gpus::show, text -> !text.contains("daemon") && !text.contains("server"));
        }
    }

    @Test
    void leavesTheFilesThatTheRealDaemonLeaves() throws InterruptedException, IOException {
        assertThat(filesOf(folder.resolve("mps")))
                .isEqualTo("control control_lock control_privileged log nvidia-cuda-mps-control.pid");
        mps.ask("quit");
        Waiting.until(() -> filesOf(folder.resolve("mps")), "control control_lock control_privileged"::equals);
    }

    private static String filesOf(Path directory) {
        String[] names = directory.toFile().list();
        return String.join(
                " ",
                Arrays.stream(names == null ? new String[0] : names).sorted().toList());
    }

    @Test
    void reclaimsTheDirectoryOfAKilledDaemon() throws InterruptedException, IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve("mps/nvidia-cuda-mps-control.pid")));
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Waiting.until(gpus::show, text -> !text.contains("daemon"));
        assertThat(mps.control("get_server_list").exitCode()).isEqualTo(1);
        FakeMps.started(gpus, folder.resolve("mps"));
        assertThat(mps.control("get_server_list").exitCode()).isZero();
    }

    @Test
    void refusesASocketPathThatIsTooLong() throws InterruptedException {
        FakeMps deep = new FakeMps(gpus, folder.resolve("x".repeat(107)));
        CommandResult refused = gpus.runner().run(deep.in(Command.of("nvidia-cuda-mps-control", "-d")));
        assertThat(refused.exitCode()).isEqualTo(1);
    }

    @Test
    void runsWithoutMpsInADirectoryWhereNoDaemonIs() throws InterruptedException {
        try (Tenant tenant = FakeTenants.start(
                gpus, with("CUDA_MPS_PIPE_DIRECTORY", folder.resolve("none").toString()))) {
            tenant.ready();
            assertThat(gpus.show()).doesNotContain("M+C");
        }
    }

    private Map<String, String> with(String name, String value) {
        Map<String, String> all = new HashMap<>(mps.environment());
        all.put(name, value);
        return all;
    }
}
