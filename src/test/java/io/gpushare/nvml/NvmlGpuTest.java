package io.gpushare.nvml;

import static io.gpushare.nvml.Readings.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.ClockDomain;
import io.gpushare.gpu.ClockEvent;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigMode;
import io.gpushare.gpu.PciId;
import io.gpushare.reading.Reading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A busy H200 with everything that NVML offers. */
class NvmlGpuTest {
    private static final long MIB = 1024 * 1024;

    private final FakeNvml fake = FakeNvml.playing("h200");
    private final NvmlDriver driver = fake.open();
    private final Gpu gpu = driver.gpus().getFirst();

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void readsVersions() {
        assertThat(driver.versions().driver()).isEqualTo(Reading.of("580.159.04"));
        assertThat(driver.versions().nvml()).isEqualTo(Reading.of("13.580.159.04"));
        assertThat(driver.versions().cuda()).isEqualTo(Reading.of("13.0"));
    }

    @Test
    void readsIdentity() {
        assertThat(gpu.identity().index()).isZero();
        assertThat(gpu.identity().name()).isEqualTo("NVIDIA H200");
        assertThat(gpu.identity().uuid()).isEqualTo("GPU-11111111-2222-3333-4444-555555555555");
        assertThat(gpu.identity().pciBusId()).isEqualTo(Reading.of("00000000:00:06.0"));
        assertThat(gpu.identity().pciId()).isEqualTo(Reading.of(new PciId(0x233510DE, Optional.of(0x18BF10DE))));
        assertThat(gpu.identity().smCount()).isEqualTo(Reading.of(132));
        assertThat(gpu.identity().computeCapability()).isEqualTo(Reading.of("9.0"));
        assertThat(gpu.identity().minorNumber()).isEqualTo(Reading.of(0));
        assertThat(gpu.identity().cudaCores()).isEqualTo(Reading.of(16896));
        assertThat(gpu.identity().serial()).isEqualTo(Reading.of("1234567890123"));
        assertThat(gpu.identity().vbios()).isEqualTo(Reading.of("96.00.A5.00.1A"));
    }

    @Test
    void readsTheCheapTier() {
        assertThat(value(gpu.utilization()).gpuPercent()).isBetween(95, 99);
        assertThat(value(gpu.utilization()).memoryPercent()).isBetween(40, 44);
        assertThat(value(gpu.powerW())).isBetween(526.0, 612.0);
        assertThat(gpu.temperatureC()).isEqualTo(Reading.of(52));
        assertThat(gpu.clockMhz(ClockDomain.GRAPHICS)).isEqualTo(Reading.of(1980));
        assertThat(gpu.clockMhz(ClockDomain.SM)).isEqualTo(Reading.of(1980));
        assertThat(gpu.clockMhz(ClockDomain.MEMORY)).isEqualTo(Reading.of(3201));
        assertThat(gpu.clockMhz(ClockDomain.VIDEO)).isEqualTo(Reading.of(1545));
        assertThat(gpu.clockEvents()).isEqualTo(Reading.of(Set.of()));
        assertThat(gpu.performanceState()).isEqualTo(Reading.of(0));
    }

    @Test
    void readsMemoryWithTheReserveApart() {
        long used = (870 + 870 + 66) * MIB;
        assertThat(gpu.memory())
                .isEqualTo(Reading.of(new MemoryUse(143771 * MIB, 616 * MIB, (143771 - 616) * MIB - used, used)));
    }

    @Test
    void readsTheSettings() {
        assertThat(gpu.computeMode()).isEqualTo(Reading.of(ComputeMode.DEFAULT));
        assertThat(gpu.persistenceMode()).isEqualTo(Reading.of(true));
        assertThat(gpu.powerLimitW()).isEqualTo(Reading.of(700.0));
        assertThat(value(gpu.nearCpus())).hasSize(32).contains(0, 31);
        assertThat(gpu.maxClockMhz(ClockDomain.SM)).isEqualTo(Reading.of(1980));
        assertThat(gpu.migMode()).isEqualTo(Reading.of(new MigMode(false, false)));
        assertThat(gpu.migDevices()).isEqualTo(Reading.of(List.of()));
    }

    @Test
    void listsEachProcessOnceAndKnowsMpsClients() {
        assertThat(gpu.processes())
                .isEqualTo(Reading.of(List.of(
                        process(875, GpuProcess.Kind.MPS_CLIENT, 870),
                        process(876, GpuProcess.Kind.MPS_CLIENT, 870),
                        process(951, GpuProcess.Kind.COMPUTE, 66))));
    }

    @Test
    void tellsAnIdleGpuFromABusyOne() {
        driver.close();
        try (NvmlDriver idle = FakeNvml.playing("h200-idle").open()) {
            Gpu quiet = idle.gpus().getFirst();
            assertThat(value(quiet.utilization()).gpuPercent()).isZero();
            assertThat(quiet.clockEvents()).isEqualTo(Reading.of(Set.of(ClockEvent.IDLE)));
            assertThat(quiet.processes()).isEqualTo(Reading.of(List.of()));
            assertThat(value(quiet.powerW())).isBetween(124.0, 127.0);
        }
    }

    private static GpuProcess process(int pid, GpuProcess.Kind kind, long memoryMib) {
        return new GpuProcess(pid, kind, Reading.of(memoryMib * MIB), OptionalInt.empty(), OptionalInt.empty());
    }
}
