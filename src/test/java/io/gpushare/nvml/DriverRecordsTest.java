package io.gpushare.nvml;

import static io.gpushare.nvml.FakeNvml.START_MICROS;
import static io.gpushare.nvml.Readings.value;
import static io.gpushare.nvml.Readings.why;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.gpu.RecordedSample;
import io.gpushare.reading.Absence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverRecordsTest {
    private static final long POWER_PERIOD_MICROS = 20_000;

    private final FakeNvml fake = FakeNvml.playing("h200");
    private final NvmlDriver driver = fake.open();
    private final Gpu gpu = driver.gpus().getFirst();

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void readsTheWholeRingWhenNothingWasSeenYet() {
        List<RecordedSample> power = value(gpu.recordedSamples(RecordedKind.POWER, 0));
        assertThat(power).hasSize(119);
        assertThat(power.getLast().timestampMicros()).isEqualTo(START_MICROS);
        assertThat(power).allSatisfy(sample -> assertThat(sample.value()).isBetween(526.0, 612.0));
        assertThat(value(gpu.recordedSamples(RecordedKind.GPU_UTILIZATION, 0)))
                .hasSize(71)
                .allSatisfy(sample -> assertThat(sample.value()).isBetween(95.0, 99.0));
        assertThat(value(gpu.recordedSamples(RecordedKind.MEMORY_UTILIZATION, 0)))
                .allSatisfy(sample -> assertThat(sample.value()).isBetween(40.0, 44.0));
    }

    @Test
    void drainsWithoutGapsOrDoublesThoughTheDrainingIsUneven() {
        List<Long> seen = new ArrayList<>();
        long since = START_MICROS;
        long now = START_MICROS;
        for (long step : new long[] {1_000_000, 7_000, 993_001, 20_000, 1_999_999, 500_000}) {
            now += step;
            fake.setClockMicros(now);
            List<RecordedSample> drained =
                    gpu.recordedSamples(RecordedKind.POWER, since).asOptional().orElse(List.of());
            drained.forEach(sample -> seen.add(sample.timestampMicros()));
            since = drained.isEmpty() ? since : drained.getLast().timestampMicros();
        }
        assertThat(seen)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, (now - START_MICROS) / POWER_PERIOD_MICROS)
                        .mapToObj(slot -> START_MICROS + slot * POWER_PERIOD_MICROS)
                        .toList());
    }

    @Test
    void hasNoDataWhileNothingNewWasRecorded() {
        assertThat(why(gpu.recordedSamples(RecordedKind.POWER, START_MICROS))).isEqualTo(Absence.Kind.NO_DATA);
    }

    @Test
    void theIntegralOfRecordedPowerIsTheEnergyCounter() {
        long before = value(gpu.energyMillijoules());
        double joules = 0;
        for (int second = 1; second <= 12; second++) {
            fake.setClockMicros(START_MICROS + second * 1_000_000L);
            long since = START_MICROS + (second - 1) * 1_000_000L;
            for (RecordedSample sample : value(gpu.recordedSamples(RecordedKind.POWER, since))) {
                joules += sample.value() * POWER_PERIOD_MICROS / 1e6;
            }
        }
        assertThat((value(gpu.energyMillijoules()) - before) / 1000.0).isCloseTo(joules, within(0.01));
    }

    @Test
    void theEnergyCounterMovesEveryHundredMilliseconds() {
        long before = value(gpu.energyMillijoules());
        fake.setClockMicros(START_MICROS + 99_999);
        assertThat(value(gpu.energyMillijoules())).isEqualTo(before);
        fake.setClockMicros(START_MICROS + 100_000);
        assertThat(value(gpu.energyMillijoules())).isGreaterThan(before);
    }

    @Test
    void readsUtilizationByProcessOnce() {
        var utilization = value(gpu.processUtilization(0));
        assertThat(utilization).extracting(each -> each.pid()).containsExactly(875, 876, 951);
        assertThat(utilization).allSatisfy(each -> {
            assertThat(each.smPercent()).isBetween(31, 33);
            assertThat(each.memoryPercent()).isBetween(13, 15);
            assertThat(each.timestampMicros()).isEqualTo(START_MICROS);
        });
        assertThat(why(gpu.processUtilization(START_MICROS))).isEqualTo(Absence.Kind.NO_DATA);
    }
}
