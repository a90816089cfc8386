package io.gpushare.nvml;

import static io.gpushare.nvml.Readings.reason;
import static io.gpushare.nvml.Readings.value;
import static io.gpushare.nvml.Readings.why;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.ClockEvent;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OlderCardsTest {
    private static final long MIB = 1024 * 1024;

    @Test
    void aT4LacksWhatCameLaterAndSaysSo() {
        FakeNvml fake = FakeNvml.playing("t4");
        try (NvmlDriver driver = fake.open()) {
            Gpu gpu = driver.gpus().getFirst();
            assertThat(why(gpu.gpm())).isEqualTo(Absence.Kind.NOT_SUPPORTED);
            assertThat(why(gpu.watchXid())).isEqualTo(Absence.Kind.NOT_SUPPORTED);
            assertThat(gpu.clockEvents())
                    .isEqualTo(Reading.of(Set.of(ClockEvent.SOFTWARE_POWER_CAP, ClockEvent.SOFTWARE_THERMAL)));
            assertThat(fake.control().fake_nvml_open_event_sets()).isZero();
        }
    }

    @Test
    void anOldDriverIsReadThroughItsOlderFunctions() {
        try (NvmlDriver driver = FakeNvml.playingOldDriver().open()) {
            Gpu gpu = driver.gpus().getFirst();
            assertThat(value(driver.versions().cuda())).isEqualTo("12.2");
            assertThat(gpu.memory())
                    .isEqualTo(
                            Reading.of(new MemoryUse(15360 * MIB, 0, (15360 - 445 - 1202) * MIB, (445 + 1202) * MIB)));
            assertThat(gpu.clockEvents())
                    .isEqualTo(Reading.of(Set.of(ClockEvent.SOFTWARE_POWER_CAP, ClockEvent.SOFTWARE_THERMAL)));
            assertThat(value(gpu.processes()))
                    .containsExactly(new GpuProcess(
                            4711,
                            GpuProcess.Kind.COMPUTE,
                            Reading.of(1202 * MIB),
                            OptionalInt.empty(),
                            OptionalInt.empty()));
            assertThat(value(gpu.recordedSamples(RecordedKind.POWER, 0))).isNotEmpty();
        }
    }

    @Test
    void aFunctionThatTheDriverLacksCostsOneReadingAndIsNamed() {
        try (NvmlDriver driver = FakeNvml.playingOldDriver().open()) {
            Gpu gpu = driver.gpus().getFirst();
            assertThat(reason(gpu.gpm())).isEqualTo("not offered by this driver (nvmlGpmQueryDeviceSupport)");
            assertThat(reason(gpu.migMode())).isEqualTo("not offered by this driver (nvmlDeviceGetMigMode)");
            assertThat(reason(gpu.migDevices())).isEqualTo("not offered by this driver (nvmlDeviceGetMigMode)");
            assertThat(reason(gpu.processUtilization(0)))
                    .isEqualTo("not offered by this driver (nvmlDeviceGetProcessUtilization)");
            assertThat(reason(gpu.identity().cudaCores()))
                    .isEqualTo("not offered by this driver (nvmlDeviceGetNumGpuCores)");
            assertThat(why(gpu.migProfiles())).isEqualTo(Absence.Kind.NOT_IN_DRIVER);
            // Asked again, the answer is the same: what is missing is remembered.
            assertThat(why(gpu.gpm())).isEqualTo(Absence.Kind.NOT_IN_DRIVER);
            assertThat(value(gpu.powerW())).isPositive();
        }
    }
}
