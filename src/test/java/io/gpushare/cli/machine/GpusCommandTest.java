package io.gpushare.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.cli.option.NoGpuException;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.FakeGpu;
import io.gpushare.gpu.FakeGpuDriver;
import io.gpushare.gpu.FakeMigDevice;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigMode;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GpusCommandTest {
    private final CapturedConsole captured = CapturedConsole.piped();

    private int run(FakeGpuDriver driver, String... arguments) {
        GpusCommand command = new GpusCommand(captured.console, () -> driver);
        int status = CommandTree.of(captured.console, List.of(command)).execute(arguments);
        assertThat(driver.timesClosed()).as("times the driver was closed").isOne();
        return status;
    }

    private static FakeGpu cutInTwo() {
        FakeGpu gpu = new FakeGpu(0);
        gpu.migMode.answers(new MigMode(true, true));
        gpu.migDevices.answers(List.of(
                new FakeMigDevice("MIG-00000000-0000-0000-0000-000000000010", "3g.71gb", 1, 0),
                new FakeMigDevice("MIG-00000000-0000-0000-0000-000000000021", "1c.3g.71gb", 2, 1)));
        return gpu;
    }

    private static FakeGpu t4(int index) {
        FakeGpu gpu = new FakeGpu(new GpuIdentity(
                index,
                "GPU-74000000-0000-0000-0000-000000000004",
                "Tesla T4",
                Reading.of("0000:00:1e.0"),
                Reading.absent(Absence.Kind.NOT_SUPPORTED),
                Reading.of("7.5"),
                Reading.of(index),
                Reading.absent(new Absence(Absence.Kind.NOT_IN_DRIVER, "nvmlDeviceGetNumGpuCores")),
                Reading.absent(Absence.Kind.NOT_SUPPORTED),
                Reading.absent(Absence.Kind.NOT_SUPPORTED)));
        gpu.memory.answers(new MemoryUse(16_106_127_360L, 0, 16_106_127_360L, 1 << 20));
        gpu.migMode.isAbsent(Absence.Kind.NOT_SUPPORTED);
        return gpu;
    }

    @Test
    void listsAGpuWithItsMigDevicesBelow() {
        assertThat(run(new FakeGpuDriver(cutInTwo()), "gpus")).isZero();
        assertThat(captured.out()).isEqualTo("""
            GPU  Name              UUID                                      Memory GiB  SMs  MIG           Compute mode
            ────────────────────────────────────────────────────────────────────────────────────────────────────────────
            0    NVIDIA H200       GPU-00000000-0000-0000-0000-000000000000       140.4  132  on            default
                 └ MIG 3g.71gb     MIG-00000000-0000-0000-0000-000000000010        69.3   60  instance 1/0
                 └ MIG 1c.3g.71gb  MIG-00000000-0000-0000-0000-000000000021        69.3   60  instance 2/1
            """);
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void marksWhatACardDoesNotTell() {
        FakeGpu gpu = t4(0);
        gpu.memory.isAbsent(Absence.Kind.GPU_LOST);
        assertThat(run(new FakeGpuDriver(gpu), "gpus")).isZero();
        assertThat(captured.out()).isEqualTo("""
            GPU  Name      UUID                                      Memory GiB  SMs  MIG  Compute mode
            ───────────────────────────────────────────────────────────────────────────────────────────
            0    Tesla T4  GPU-74000000-0000-0000-0000-000000000004           –    –  –    default
            """);
    }

    @Test
    void saysWhereAResetIsStillToCome() {
        FakeGpu on = new FakeGpu(0);
        FakeGpu off = new FakeGpu(1);
        on.migMode.answers(new MigMode(false, true));
        off.migMode.answers(new MigMode(true, false));
        run(new FakeGpuDriver(on, off), "gpus");
        assertThat(captured.out()).contains("off, on after a reset  ").contains("on, off after a reset  ");
    }

    @Test
    void givesTheReasonForEachReadingThatIsAbsent() throws Exception {
        assertThat(run(new FakeGpuDriver(t4(0)), "gpus", "--json")).isZero();
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(captured.out())).isEqualTo(mapper.readTree("""
            {
              "driver_version": "580.159.04",
              "nvml_version": "13.580.159.04",
              "cuda_version": "13.0",
              "gpus": [{
                "index": 0,
                "uuid": "GPU-74000000-0000-0000-0000-000000000004",
                "name": "Tesla T4",
                "pci_bus_id": "0000:00:1e.0",
                "pci_device_id": null,
                "pci_device_id_absent": "not supported by this GPU",
                "compute_capability": "7.5",
                "cuda_cores": null,
                "memory_total_bytes": 16106127360,
                "memory_used_bytes": 1048576,
                "power_limit_w": 700.0,
                "compute_mode": "default",
                "persistence_mode": true,
                "mig_enabled": null,
                "mig_pending": null,
                "mig_devices": [],
                "sm_count": null,
                "sm_count_absent": "not offered by this driver (nvmlDeviceGetNumGpuCores)",
                "cuda_cores_absent": "not offered by this driver (nvmlDeviceGetNumGpuCores)",
                "serial": null,
                "serial_absent": "not supported by this GPU",
                "vbios": null,
                "vbios_absent": "not supported by this GPU",
                "mig_enabled_absent": "not supported by this GPU",
                "mig_pending_absent": "not supported by this GPU"
              }]
            }
            """));
    }

    @Test
    void namesMigDevicesInJson() throws Exception {
        run(new FakeGpuDriver(cutInTwo()), "gpus", "--json");
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(captured.out()).at("/gpus/0/mig_devices")).isEqualTo(mapper.readTree("""
            [
              {"uuid": "MIG-00000000-0000-0000-0000-000000000010", "name": "3g.71gb", "gpu_instance": 1,
               "compute_instance": 0, "sm_count": 60, "memory_total_bytes": 74356621312},
              {"uuid": "MIG-00000000-0000-0000-0000-000000000021", "name": "1c.3g.71gb", "gpu_instance": 2,
               "compute_instance": 1, "sm_count": 60, "memory_total_bytes": 74356621312}
            ]
            """));
    }

    @Test
    void tellsAnUnknownListOfMigDevicesFromAnEmptyOne() throws Exception {
        FakeGpu gpu = new FakeGpu(0);
        gpu.migDevices.isAbsent(Absence.Kind.NO_PERMISSION);
        run(new FakeGpuDriver(gpu), "gpus", "--json");
        var answer = new ObjectMapper().readTree(captured.out()).at("/gpus/0");
        assertThat(answer.path("mig_devices").isArray()).isTrue();
        assertThat(answer.path("mig_devices_absent").textValue()).isEqualTo("no permission");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", " 1 ", "GPU-74000000-0000-0000-0000-000000000004", "GPU-7400", "1,GPU-7400"})
    void findsAGpuByIndexUuidOrTheBeginningOfOne(String wanted) {
        assertThat(run(new FakeGpuDriver(new FakeGpu(0), t4(1)), "gpus", "--gpu", wanted))
                .isZero();
        assertThat(captured.out()).contains("Tesla T4").doesNotContain("H200").hasLineCount(3);
    }

    @Test
    void listsChosenGpusInTheDriversOrderEachOnce() {
        run(new FakeGpuDriver(new FakeGpu(0), t4(1), new FakeGpu(2)), "gpus", "--gpu", "2", "--gpu", "0,2");
        assertThat(captured.out()).hasLineCount(4).doesNotContain("T4");
        assertThat(captured.out().lines().skip(2))
                .extracting(line -> line.substring(0, 1))
                .containsExactly("0", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "-1", "GPU-", "GPU-99999999", "0x0", "''"})
    void refusesAGpuThatIsNotThere(String wanted) {
        assertThat(run(new FakeGpuDriver(new FakeGpu(0)), "gpus", "--gpu=" + wanted))
                .isEqualTo(2);
        assertThat(captured.err()).isEqualTo("""
            error: there is no GPU '%s' here
                   `gpushare gpus` lists them.
            """.formatted(wanted));
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void refusesABeginningThatSeveralUuidsShare() {
        assertThat(run(new FakeGpuDriver(new FakeGpu(0), new FakeGpu(1)), "gpus", "--gpu", "GPU-0000"))
                .isEqualTo(2);
        assertThat(captured.err()).startsWith("error: 'GPU-0000' is the beginning of several UUIDs\n");
    }

    @Test
    void endsWithStatusThreeWhereTheDriverShowsNoGpu() {
        assertThat(run(new FakeGpuDriver(), "gpus", "--json")).isEqualTo(3);
        assertThat(captured.err())
                .startsWith("error: the driver works but shows no GPU\n")
                .contains("gpushare bench --simulate");
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void closesTheDriverWhenAReadingThrows() {
        FakeGpu gpu = new FakeGpu(0);
        gpu.memory.throwing(new IllegalStateException("broken"));
        assertThat(run(new FakeGpuDriver(gpu), "gpus")).isEqualTo(1);
        assertThat(captured.err()).startsWith("error: this is a bug in gpushare: ");
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void endsWithStatusThreeAndOneSentenceWhereThereIsNoDriver() {
        GpusCommand command = new GpusCommand(captured.console, NoGpuException.of(() -> {
            throw new GpushareException(ExitStatus.UNABLE, "there is no NVIDIA driver here", null);
        }));
        assertThat(CommandTree.of(captured.console, List.of(command)).execute("gpus"))
                .isEqualTo(3);
        assertThat(captured.err()).isEqualTo("""
            error: there is no NVIDIA driver here
                   To try it without a GPU: gpushare bench --simulate, gpushare mode show --simulate.
            """);
        assertThat(captured.out()).isEmpty();
    }
}
