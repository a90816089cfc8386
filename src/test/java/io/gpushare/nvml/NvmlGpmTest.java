package io.gpushare.nvml;

import static io.gpushare.nvml.FakeNvml.START_MICROS;
import static io.gpushare.nvml.Readings.value;
import static io.gpushare.nvml.Readings.why;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.GpmMetric;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NvmlGpmTest {
    private static final long MILLIS = 1_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private FakeNvml fake = FakeNvml.playing("h200");
    private NvmlSession session = NvmlSession.start(fake.location().load());

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void comparesEachLookWithTheOneBefore() {
        try (Gpm gpm = value(NvmlGpm.ofGpu(device(), nanos::get))) {
            assertThat(why(gpm.next())).isEqualTo(Absence.Kind.NO_DATA);
            pass(1000);
            assertThat(value(gpm.next()))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            GpmMetric.GRAPHICS_UTIL, Reading.of(99.0),
                            GpmMetric.SM_UTIL, Reading.of(86.0),
                            GpmMetric.SM_OCCUPANCY, Reading.of(48.0),
                            GpmMetric.TENSOR_UTIL, Reading.of(12.5),
                            GpmMetric.DRAM_BANDWIDTH_UTIL, Reading.of(42.0),
                            GpmMetric.PCIE_SENT, Reading.of(120.0),
                            GpmMetric.PCIE_RECEIVED, Reading.of(310.0)));
            pass(1000);
            assertThat(value(gpm.next())).containsEntry(GpmMetric.SM_UTIL, Reading.of(86.0));
        }
        assertThat(fake.control().fake_nvml_open_gpm_samples()).isZero();
    }

    @Test
    void hasNoDataWhenAskedTooSoonAndGoesOnAfterwards() {
        try (Gpm gpm = value(NvmlGpm.ofGpu(device(), nanos::get))) {
            gpm.next();
            pass(99);
            assertThat(why(gpm.next())).isEqualTo(Absence.Kind.NO_DATA);
            pass(1);
            assertThat(value(gpm.next())).containsKey(GpmMetric.SM_UTIL);
        }
    }

    @Test
    void aCounterThatDidNotMoveIsNoNumber() {
        try (Gpm gpm = value(NvmlGpm.ofGpu(device(), nanos::get))) {
            gpm.next();
            nanos.addAndGet(200 * MILLIS);
            Reading<Double> dram = value(gpm.next()).getOrDefault(GpmMetric.DRAM_BANDWIDTH_UTIL, Reading.of(-1.0));
            assertThat(why(dram)).isEqualTo(Absence.Kind.NO_DATA);
        }
    }

    @Test
    void readsOneInstanceUnderMig() {
        playInstead("h200-mig");
        Device gpu = device();
        try (Gpm gpm = value(NvmlGpm.ofInstance(gpu, 3, nanos::get))) {
            gpm.next();
            pass(500);
            Map<GpmMetric, Reading<Double>> metrics = value(gpm.next());
            assertThat(metrics).containsEntry(GpmMetric.GRAPHICS_UTIL, Reading.of(73.0));
            assertThat(why(metrics.getOrDefault(GpmMetric.PCIE_SENT, Reading.of(-1.0))))
                    .isEqualTo(Absence.Kind.UNDER_MIG);
        }
    }

    @Test
    void freesTheFirstSampleWhenThereIsNoSecond() {
        fake.control().fake_nvml_limit_gpm_samples(1);
        assertThat(why(NvmlGpm.ofGpu(device(), nanos::get))).isEqualTo(Absence.Kind.FAILED);
        assertThat(fake.control().fake_nvml_open_gpm_samples()).isZero();
    }

    @Test
    void closesOnce() {
        Gpm gpm = value(NvmlGpm.ofGpu(device(), nanos::get));
        gpm.close();
        gpm.close();
        assertThat(fake.control().fake_nvml_open_gpm_samples()).isZero();
    }

    private Device device() {
        var answer = Scratch.ofThread();
        assertThat(session.nvml().nvmlDeviceGetHandleByIndex_v2(0, answer)).isZero();
        return Device.gpu(session, answer.getPointer(0));
    }

    private void playInstead(String scenario) {
        session.close();
        fake = FakeNvml.playing(scenario);
        session = NvmlSession.start(fake.location().load());
    }

    private void pass(long millis) {
        nanos.addAndGet(millis * MILLIS);
        fake.setClockMicros(START_MICROS + nanos.get() / 1000);
    }
}
