package io.gpushare.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.gpushare.fake.FakeTenants.Tenant;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigMode;
import io.gpushare.nvml.FakeNvml;
import io.gpushare.nvml.NvmlDriver;
import io.gpushare.reading.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NVML says what the tools have done, while it is open. */
class FakeNvmlFollowsTest {
    @TempDir
    Path folder;

    @Test
    void seesMigDevicesComeAndGo() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200", "t4");
                NvmlDriver driver = FakeNvml.following(gpus.state()).open()) {
            assertThat(driver.gpus()).hasSize(2);
            Gpu gpu = driver.gpus().getFirst();
            assertThat(value(gpu.migMode())).isEqualTo(new MigMode(false, false));
            gpus.run("nvidia-smi", "-i", "0", "-mig", "1").requireSuccess("enable MIG");
            gpus.run("nvidia-smi", "mig", "-cgi", "3g.71gb,1g.18gb", "-C").requireSuccess("create");
            assertThat(value(gpu.migMode())).isEqualTo(new MigMode(true, true));
            List<MigDevice> devices = value(gpu.migDevices());
            assertThat(devices).extracting(device -> device.identity().name()).containsExactly("3g.71gb", "1g.18gb");
            assertThat(gpus.run("nvidia-smi", "-L").stdout())
                    .contains(devices.getFirst().identity().uuid());
            gpus.run("nvidia-smi", "mig", "-dci").requireSuccess("destroy");
            gpus.run("nvidia-smi", "mig", "-dgi").requireSuccess("destroy");
            assertThat(value(gpu.migDevices())).isEmpty();
        }
    }

    @Test
    void seesTheComputeModeChange() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200");
                NvmlDriver driver = FakeNvml.following(gpus.state()).open()) {
            gpus.run("nvidia-smi", "-c", "EXCLUSIVE_PROCESS").requireSuccess("set the mode");
            assertThat(value(driver.gpus().getFirst().computeMode())).isEqualTo(ComputeMode.EXCLUSIVE_PROCESS);
        }
    }

    @Test
    void seesClientsAndServerOfMps() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.create(folder, "h200");
                NvmlDriver driver = FakeNvml.following(gpus.state()).open();
                FakeMps mps = FakeMps.started(gpus, folder.resolve("mps"));
                Tenant tenant = FakeTenants.start(gpus, mps.environment())) {
            tenant.ready();
            int server = Integer.parseInt(mps.awaitServer());
            assertThat(value(driver.gpus().getFirst().processes()))
                    .extracting(GpuProcess::pid, GpuProcess::kind)
                    .containsExactlyInAnyOrder(
                            tuple(server, GpuProcess.Kind.COMPUTE),
                            tuple(tenant.program().pid(), GpuProcess.Kind.MPS_CLIENT));
        }
    }

    @Test
    void seesAProcessInItsInstanceUntilItEnds() throws InterruptedException {
        try (FakeGpus gpus = FakeGpus.createWith(folder, "--gpu", "h200", "--geometry", "1g.18gb@0");
                NvmlDriver driver = FakeNvml.following(gpus.state()).open()) {
            Gpu gpu = driver.gpus().getFirst();
            try (Tenant tenant = FakeTenants.start(gpus, Map.of())) {
                tenant.ready();
                assertThat(value(gpu.processes())).singleElement().satisfies(process -> {
                    assertThat(process.pid()).isEqualTo(tenant.program().pid());
                    assertThat(process.gpuInstance()).isEqualTo(OptionalInt.of(7));
                    assertThat(process.computeInstance()).isEqualTo(OptionalInt.of(0));
                });
            }
            assertThat(value(gpu.processes())).isEmpty();
        }
    }

    private static <T> T value(Reading<T> reading) {
        return reading.asOptional().orElseThrow(() -> new AssertionError(reading.toString()));
    }
}
