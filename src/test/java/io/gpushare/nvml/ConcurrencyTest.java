package io.gpushare.nvml;

import static io.gpushare.nvml.Readings.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.ClockDomain;
import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.Gpu;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final int ROUNDS = 500;

    @Test
    void threadsThatReadDifferentGpusGetTheirOwnValues() throws InterruptedException, ExecutionException {
        try (NvmlDriver driver = FakeNvml.playing("eight").open();
                var threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> readers = new ArrayList<>();
            for (Gpu gpu : driver.gpus()) {
                readers.add(threads.submit(() -> readManyTimes(gpu)));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    @Test
    void readersThatAreSurprisedByTheEndGetAnErrorAndTheLibraryStopsOnce()
            throws InterruptedException, ExecutionException {
        FakeNvml fake = FakeNvml.playing("eight");
        NvmlDriver driver = fake.open();
        CountDownLatch reading = new CountDownLatch(8);
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<Throwable>> readers = new ArrayList<>();
            for (Gpu gpu : driver.gpus()) {
                Gpm gpm = value(gpu.gpm());
                readers.add(threads.submit(() -> readUntilRefused(gpu, gpm, reading)));
            }
            assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
            driver.close();
            for (Future<Throwable> reader : readers) {
                assertThat(reader.get()).isInstanceOf(IllegalStateException.class);
            }
        }
        assertThat(fake.control().fake_nvml_open_gpm_samples()).isZero();
        assertThat(fake.control().fake_nvml_shutdown_count()).isEqualTo(1);
    }

    private static Throwable readUntilRefused(Gpu gpu, Gpm gpm, CountDownLatch reading) {
        try {
            while (true) {
                gpu.memory();
                gpm.next();
                reading.countDown();
            }
        } catch (RuntimeException refusal) {
            return refusal;
        } finally {
            reading.countDown();
        }
    }

    /** In this scenario GPUs differ in temperature, in power and in the pids of their processes. */
    private static void readManyTimes(Gpu gpu) {
        int index = gpu.identity().index();
        double power = value(gpu.powerW());
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(value(gpu.temperatureC())).isEqualTo(52 + index);
            assertThat(value(gpu.powerW())).isEqualTo(power);
            assertThat(value(gpu.clockMhz(ClockDomain.MEMORY))).isEqualTo(3201);
            assertThat(value(gpu.processes()).getFirst().pid()).isEqualTo(875 + 1000 * index);
        }
    }
}
