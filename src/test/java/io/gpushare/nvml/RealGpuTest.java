package io.gpushare.nvml;

import static io.gpushare.nvml.Readings.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigProfile;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.gpu.RecordedSample;
import io.gpushare.reading.Reading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What must hold on any card; changes nothing on it. */
@Tag("gpu")
class RealGpuTest {
    private static final NvmlLocation LOCATION = NvmlLocation.fromEnvironment(Map.of());

    @Test
    void readingsArePlausible() {
        try (NvmlDriver driver = NvmlDriver.open(LOCATION)) {
            for (Gpu gpu : driver.gpus()) {
                assertThat(gpu.identity().uuid()).startsWith("GPU-");
                assertThat(value(gpu.powerW())).isBetween(1.0, 2000.0);
                assertThat(value(gpu.temperatureC())).isBetween(5, 110);
                MemoryUse memory = value(gpu.memory());
                assertThat(memory.usedBytes() + memory.reservedBytes() + memory.freeBytes())
                        .isEqualTo(memory.totalBytes());
            }
        }
    }

    @Test
    void recordedPowerIsInWattsAndInOrder() {
        try (NvmlDriver driver = NvmlDriver.open(LOCATION)) {
            for (Gpu gpu : driver.gpus()) {
                List<RecordedSample> power = value(gpu.recordedSamples(RecordedKind.POWER, 0));
                assertThat(power)
                        .extracting(RecordedSample::timestampMicros)
                        .isSorted()
                        .doesNotHaveDuplicates();
                assertThat(power)
                        .allSatisfy(sample -> assertThat(sample.value()).isBetween(1.0, 2000.0));
            }
        }
    }

    @Test
    void profilesCarryNvidiasNames() {
        try (NvmlDriver driver = NvmlDriver.open(LOCATION)) {
            for (Gpu gpu : driver.gpus()) {
                Reading<List<MigProfile>> profiles = gpu.migProfiles();
                assumeTrue(profiles.asOptional().isPresent(), "no MIG on " + gpu);
                assertThat(value(profiles)).allSatisfy(profile -> {
                    assertThat(profile.name()).matches("[1-8]g\\.[1-9][0-9]*gb.*");
                    assertThat(profile.placements()).isNotEmpty();
                });
            }
        }
    }
}
