package io.gpushare.nvml;

import static io.gpushare.nvml.Readings.value;
import static io.gpushare.nvml.Readings.why;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.gpu.MigMode;
import io.gpushare.gpu.MigPlacement;
import io.gpushare.gpu.MigProfile;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MigTest {
    private static final long MIB = 1024 * 1024;

    @Test
    void listsInstancesAcrossTheHolesInTheDriversList() {
        try (NvmlDriver driver = FakeNvml.playing("a100-mig").open()) {
            List<MigDevice> devices = value(driver.gpus().getFirst().migDevices());
            assertThat(devices)
                    .extracting(device -> device.identity().name())
                    .containsExactly("3g.20gb", "2g.10gb", "1g.5gb");
            assertThat(devices.getFirst().identity())
                    .isEqualTo(new MigIdentity(
                            "MIG-00000001-1111-5222-8333-000000000001",
                            "3g.20gb",
                            1,
                            0,
                            Reading.of(42),
                            Reading.of(19968 * MIB)));
        }
    }

    @Test
    void namesAComputeInstanceThatIsSmallerThanItsGpuInstance() {
        try (NvmlDriver driver = FakeNvml.playing("h200-mig").open()) {
            MigIdentity cut =
                    value(driver.gpus().getFirst().migDevices()).getFirst().identity();
            assertThat(cut.name()).isEqualTo("2c.3g.71gb");
            assertThat(cut.smCount()).isEqualTo(Reading.of(40));
        }
    }

    @Test
    void readsMemoryAndProcessesOfOneInstance() {
        try (NvmlDriver driver = FakeNvml.playing("a100-mig").open()) {
            List<MigDevice> devices = value(driver.gpus().getFirst().migDevices());
            assertThat(value(devices.get(1).memory()).usedBytes()).isEqualTo(900 * MIB);
            assertThat(value(devices.get(1).processes())).singleElement().satisfies(process -> {
                assertThat(process.pid()).isEqualTo(2102);
                assertThat(process.gpuInstance()).isEqualTo(OptionalInt.of(3));
                assertThat(process.computeInstance()).isEqualTo(OptionalInt.of(0));
            });
        }
    }

    @Test
    void knowsThatMemoryOfAProcessMayBeUnknown() {
        try (NvmlDriver driver = FakeNvml.playing("a100-mig").open()) {
            MigDevice small = value(driver.gpus().getFirst().migDevices()).get(2);
            assertThat(why(value(small.processes()).getFirst().memoryBytes())).isEqualTo(Absence.Kind.NO_DATA);
        }
    }

    @Test
    void saysThatAReadingIsMissingBecauseOfMig() {
        try (NvmlDriver driver = FakeNvml.playing("a100-mig").open()) {
            Gpu gpu = driver.gpus().getFirst();
            assertThat(gpu.migMode()).isEqualTo(Reading.of(new MigMode(true, true)));
            assertThat(why(gpu.utilization())).isEqualTo(Absence.Kind.UNDER_MIG);
            assertThat(why(gpu.recordedSamples(RecordedKind.GPU_UTILIZATION, 0)))
                    .isEqualTo(Absence.Kind.UNDER_MIG);
            assertThat(why(gpu.processUtilization(0))).isEqualTo(Absence.Kind.UNDER_MIG);
            assertThat(value(gpu.powerW())).isPositive();
            assertThat(value(gpu.recordedSamples(RecordedKind.POWER, 0))).isNotEmpty();
        }
    }

    @Test
    void hasNoPerformanceCountersBeforeHopper() {
        try (NvmlDriver driver = FakeNvml.playing("a100-mig").open()) {
            Gpu gpu = driver.gpus().getFirst();
            assertThat(why(gpu.gpm())).isEqualTo(Absence.Kind.NOT_SUPPORTED);
            assertThat(why(value(gpu.migDevices()).getFirst().gpm())).isEqualTo(Absence.Kind.NOT_SUPPORTED);
        }
    }

    @Test
    void listsProfilesWithPlacements() {
        try (NvmlDriver driver = FakeNvml.playing("h200-mig").open()) {
            List<MigProfile> profiles = value(driver.gpus().getFirst().migProfiles());
            assertThat(profiles)
                    .extracting(MigProfile::name)
                    .containsExactly("1g.18gb", "1g.18gb+me", "1g.35gb", "2g.35gb", "3g.71gb", "4g.71gb", "7g.141gb");
            MigProfile twoSlices = profiles.get(3);
            assertThat(twoSlices.id()).isEqualTo(14);
            assertThat(twoSlices.maxInstances()).isEqualTo(3);
            assertThat(twoSlices.smCount()).isEqualTo(32);
            assertThat(twoSlices.memoryBytes()).isEqualTo(33280 * MIB);
            assertThat(twoSlices.placements())
                    .containsExactly(new MigPlacement(0, 2), new MigPlacement(2, 2), new MigPlacement(4, 2));
        }
    }

    @Test
    void listsProfilesWhileMigIsOff() {
        try (NvmlDriver driver = FakeNvml.playing("h200").open()) {
            Gpu gpu = driver.gpus().getFirst();
            assertThat(value(gpu.migProfiles())).hasSize(7);
            assertThat(value(gpu.migDevices())).isEmpty();
        }
    }

    @Test
    void aCardWithoutMigHasNoDevicesAndSaysWhyThereAreNoProfiles() {
        try (NvmlDriver driver = FakeNvml.playing("t4").open()) {
            Gpu gpu = driver.gpus().getFirst();
            assertThat(why(gpu.migMode())).isEqualTo(Absence.Kind.NOT_SUPPORTED);
            assertThat(value(gpu.migDevices())).isEmpty();
            assertThat(why(gpu.migProfiles())).isEqualTo(Absence.Kind.NOT_SUPPORTED);
        }
    }
}
