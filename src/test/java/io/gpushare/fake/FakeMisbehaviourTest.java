package io.gpushare.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gpushare.nvml.FakeNvml;
import io.gpushare.nvml.NvmlDriver;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeMisbehaviourTest {
    @TempDir
    Path folder;

    @Test
    void keepsTheMigModePendingUntilAReset() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200")) {
            gpus.misbehave("mig-pending");
            assertThat(gpus.run("nvidia-smi", "-mig", "1").stdout()).contains("pending enable state");
            assertThat(gpus.run("nvidia-smi", "--query-gpu=mig.mode.current,mig.mode.pending", "--format=csv,noheader")
                            .stdout())
                    .isEqualTo("Disabled, Enabled\n");
            gpus.run("nvidia-smi", "--gpu-reset").requireSuccess("reset");
            assertThat(gpus.settings()).contains("mig on\n");
        }
    }

    @Test
    void hitsOnlyTheEventWithTheOrdinal() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.createWith(folder, "--gpu", "h200", "--mig")) {
            gpus.misbehave("ci-refused@2");
            CommandResult result = gpus.run("nvidia-smi", "mig", "-cgi", "3g.71gb,2g.35gb,1g.18gb", "-C");
            assertThat(result.exitCode()).isEqualTo(19);
            assertThat(gpus.settings())
                    .contains("3g.71gb at 4: 3g.71gb", "2g.35gb at 2: no compute instance")
                    .doesNotContain("1g.18gb");
            assertThat(gpus.run("nvidia-smi", "mig", "-cci", "-gi", "3").exitCode())
                    .isZero();
        }
    }

    @Test
    void refusesOneOrderOfCreationAndExplicitPlacements() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.createWith(folder, "--gpu", "h200", "--mig")) {
            gpus.misbehave("insufficient-resources");
            assertThat(gpus.run("nvidia-smi", "mig", "-cgi", "3g.71gb:4").exitCode())
                    .isEqualTo(19);
            assertThat(gpus.run("nvidia-smi", "mig", "-cgi", "1g.18gb,3g.71gb").exitCode())
                    .isEqualTo(19);
            gpus.run("nvidia-smi", "mig", "-dgi").requireSuccess("destroy");
            assertThat(gpus.run("nvidia-smi", "mig", "-cgi", "3g.71gb,1g.18gb").exitCode())
                    .isZero();
        }
    }

    @Test
    void refusesToDestroyWhatIsInUse() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.createWith(folder, "--gpu", "h200", "--geometry", "1g.18gb")) {
            gpus.misbehave("in-use");
            CommandResult result = gpus.run("nvidia-smi", "mig", "-dci");
            assertThat(result.exitCode()).isEqualTo(19);
            assertThat(result.stdout()).endsWith("Failed to destroy compute instances: In use by another client\n");
            gpus.behave("in-use");
            assertThat(gpus.run("nvidia-smi", "mig", "-dci").exitCode()).isZero();
        }
    }

    @Test
    void permitsNothingThatChanges() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.createWith(folder, "--gpu", "h200", "--quantum", "1")) {
            String before = gpus.settings();
            gpus.misbehave("no-permission");
            CommandResult mode = gpus.run("nvidia-smi", "-mig", "1");
            assertThat(mode.exitCode()).isEqualTo(4);
            assertThat(mode.stdout()).isEqualTo("""
                    Unable to enable MIG Mode for GPU 00000000:00:06.0: Insufficient Permissions
                    Terminating early due to previous errors.
                    """);
            CommandResult quantum = gpus.run("nvidia-smi", "compute-policy", "--set-timeslice", "2");
            assertThat(quantum.exitCode()).isEqualTo(4);
            assertThat(gpus.run("nvidia-smi", "-c", "3").exitCode()).isEqualTo(4);
            assertThat(gpus.settings()).isEqualTo(before);
        }
    }

    @Test
    void leavesTheQuantumAloneWhetherItSaysSoOrNot() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200")) {
            gpus.misbehave("quantum-ignored");
            assertThat(gpus.run("nvidia-smi", "compute-policy", "--set-timeslice", "2")
                            .exitCode())
                    .isZero();
            gpus.misbehave("quantum-unsupported");
            CommandResult refused = gpus.run("nvidia-smi", "compute-policy", "--set-timeslice", "2");
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.stdout()).isEqualTo("""
                    Failed to set timeslice policy with value Medium for GPU 0 : Not Supported
                    Failed to set timeslice for requested devices : Not Supported
                    """);
            assertThat(gpus.settings()).contains("quantum default\n");
        }
    }

    @Test
    void leavesAWholeStateWhereAChangingCommandIsKilled() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.createWith(folder, "--gpu", "h200", "--mig")) {
            gpus.misbehave("slow=200");
            Command create = Command.of("nvidia-smi", "mig", "-cgi", "3g.71gb,1g.18gb", "-C")
                    .timeout(Duration.ofMillis(350));
            assertThatExceptionOfType(CommandTimeoutException.class)
                    .isThrownBy(() -> gpus.runner().run(create));
            assertThat(gpus.settings()).contains("3g.71gb at 4").doesNotContain("1g.18gb");
        }
    }

    @Test
    void startsNoDaemonInSilence() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200")) {
            gpus.misbehave("daemon-silent-start");
            FakeMps mps = FakeMps.started(gpus, folder.resolve("mps"));
            assertThat(mps.control("get_server_list").stdout()).isEqualTo("Cannot find MPS control daemon process\n");
        }
    }

    @Test
    void neverAnswersWhereTheDaemonHangs() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200");
                FakeMps mps = FakeMps.started(gpus, folder.resolve("mps"))) {
            gpus.misbehave("daemon-hangs");
            Command ask = mps.in(Command.of("nvidia-cuda-mps-control")
                    .stdin("get_server_list\n")
                    .timeout(Duration.ofMillis(300)));
            assertThatExceptionOfType(CommandTimeoutException.class)
                    .isThrownBy(() -> gpus.runner().run(ask));
            gpus.behave();
        }
    }

    @Test
    void losesTheServerAndItsClientsWithTheDaemon() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200");
                FakeMps mps = FakeMps.started(gpus, folder.resolve("mps"))) {
            gpus.misbehave("daemon-dies=100");
            try (FakeTenants.Tenant tenant = FakeTenants.start(gpus, mps.environment())) {
                tenant.ready();
                tenant.await(text ->
                        text.contains("the remote procedural call between the MPS server and the MPS client failed"));
            }
            Waiting.until(gpus::show, text -> !text.contains("daemon") && !text.contains("nvidia-cuda-mps-server"));
        }
    }

    @Test
    void ignoresThePercentageInSilence() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200");
                FakeMps mps = FakeMps.started(gpus, folder.resolve("mps"))) {
            gpus.misbehave("percentage-ignored");
            assertThat(mps.ask("set_default_active_thread_percentage 40")).isEqualTo("40.0\n");
            try (FakeTenants.Tenant tenant = FakeTenants.start(gpus, mps.environment())) {
                assertThat(tenant.ready().heard().text()).contains("\"sm_count\":132");
            }
        }
    }

    @Test
    void dropsTheMemoryLimitInSilence() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200");
                FakeMps mps = FakeMps.started(gpus, folder.resolve("mps"))) {
            Map<String, String> limited = new HashMap<>(mps.environment());
            limited.put("CUDA_MPS_PINNED_DEVICE_MEM_LIMIT", "0=2G");
            try (FakeTenants.Tenant tenant = FakeTenants.start(gpus, limited)) {
                assertThat(tenant.ready().heard().text()).contains("\"memory_free_bytes\":1608515584");
            }
            gpus.misbehave("memory-limit-ignored");
            try (FakeTenants.Tenant tenant = FakeTenants.start(gpus, limited)) {
                assertThat(tenant.ready().heard().text()).doesNotContain("\"memory_free_bytes\":1608515584");
            }
        }
    }

    @Test
    void waitsWithTheModeWhileNvmlIsOpenSomewhere() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200")) {
            gpus.misbehave("mig-busy-while-open");
            try (NvmlDriver monitor = FakeNvml.following(gpus.state()).open()) {
                assertThat(monitor.gpus()).hasSize(1);
                assertThat(gpus.run("nvidia-smi", "-mig", "1").stdout()).contains("pending enable state");
            }
            assertThat(gpus.run("nvidia-smi", "-mig", "1").stdout()).startsWith("Enabled MIG Mode");
        }
    }
}
