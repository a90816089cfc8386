package io.gpushare.nvml;

import static io.gpushare.nvml.FakeNvml.START_MICROS;
import static io.gpushare.nvml.Readings.value;
import static io.gpushare.nvml.Readings.why;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.gpu.XidEvent;
import io.gpushare.gpu.XidWatch;
import io.gpushare.reading.Absence;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FaultsInMidRunTest {
    @Test
    void aLostGpuIsAnAbsenceInEachReading() {
        FakeNvml fake = FakeNvml.playing("lost");
        try (NvmlDriver driver = fake.open()) {
            Gpu gpu = driver.gpus().getFirst();
            XidWatch watch = value(gpu.watchXid());
            assertThat(value(gpu.powerW())).isPositive();

            fake.setClockMicros(START_MICROS + 5_000_000);
            assertThat(List.of(
                            why(gpu.powerW()),
                            why(gpu.utilization()),
                            why(gpu.memory()),
                            why(gpu.processes()),
                            why(gpu.recordedSamples(RecordedKind.POWER, 0)),
                            why(gpu.processUtilization(0)),
                            why(gpu.energyMillijoules()),
                            why(gpu.gpm()),
                            why(gpu.migDevices()),
                            why(watch.poll())))
                    .containsOnly(Absence.Kind.GPU_LOST);
        }
        assertThat(fake.control().fake_nvml_open_event_sets()).isZero();
        assertThat(fake.control().fake_nvml_shutdown_count()).isEqualTo(1);
    }

    @Test
    void anXidIsDeliveredOnce() {
        FakeNvml fake = FakeNvml.playing("xid");
        try (NvmlDriver driver = fake.open();
                XidWatch watch = value(driver.gpus().getFirst().watchXid())) {
            assertThat(value(watch.poll())).isEmpty();
            fake.setClockMicros(START_MICROS + 1_000_000);
            assertThat(value(watch.poll())).containsExactly(new XidEvent(43, OptionalInt.empty(), OptionalInt.empty()));
            assertThat(value(watch.poll())).isEmpty();
        }
    }

    @Test
    void aBurstOfXidsIsReadInOnePoll() {
        FakeNvml fake = FakeNvml.playing("h200");
        try (NvmlDriver driver = fake.open();
                XidWatch watch = value(driver.gpus().getFirst().watchXid())) {
            fake.control().fake_nvml_raise_xid(31);
            fake.control().fake_nvml_raise_xid(31);
            assertThat(value(watch.poll())).extracting(XidEvent::xid).containsExactly(31L, 31L);
        }
    }

    @Test
    void anXidIsOfTheGpuThatItNames() {
        FakeNvml fake = FakeNvml.playing("eight");
        try (NvmlDriver driver = fake.open();
                XidWatch first = value(driver.gpus().getFirst().watchXid());
                XidWatch third = value(driver.gpus().get(2).watchXid())) {
            fake.control().fake_nvml_raise_xid_on(2, -1, 79);
            assertThat(value(first.poll())).isEmpty();
            assertThat(value(third.poll())).containsExactly(new XidEvent(79, OptionalInt.empty(), OptionalInt.empty()));
        }
    }

    @Test
    void anXidOfADividedGpuKeepsItsInstance() {
        FakeNvml fake = FakeNvml.playing("h200-mig");
        try (NvmlDriver driver = fake.open();
                XidWatch watch = value(driver.gpus().getFirst().watchXid())) {
            fake.control().fake_nvml_raise_xid_on(0, 1, 31);
            assertThat(value(watch.poll())).containsExactly(new XidEvent(31, OptionalInt.of(3), OptionalInt.of(0)));
        }
    }

    @Test
    void aProcessListMayGrowWhileItIsRead() {
        try (NvmlDriver driver = FakeNvml.playing("growing-processes").open()) {
            Gpu gpu = driver.gpus().getFirst();
            for (int read = 0; read < 6; read++) {
                assertThat(value(gpu.processes())).hasSizeGreaterThan(50).doesNotHaveDuplicates();
            }
            assertThat(value(gpu.processes())).hasSize(203);
        }
    }
}
