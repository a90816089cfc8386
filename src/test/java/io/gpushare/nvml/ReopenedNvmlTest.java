package io.gpushare.nvml;

import static io.gpushare.nvml.Readings.value;
import static io.gpushare.nvml.Readings.why;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.ReopenableDriver;
import io.gpushare.gpu.XidWatch;
import io.gpushare.reading.Absence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReopenedNvmlTest {
    private final FakeNvml fake = FakeNvml.playing("h200");

    private ReopenableDriver open() {
        return ReopenableDriver.open(fake::open);
    }

    @Test
    void holdsNothingOfTheLibraryDuringTheActionAndIsBackAfterwards() throws InterruptedException {
        try (ReopenableDriver driver = open()) {
            Gpu gpu = driver.gpus().getFirst();
            value(gpu.gpm()).next();
            value(gpu.watchXid()).poll();

            driver.during(() -> {
                assertThat(fake.control().fake_nvml_shutdown_count()).isEqualTo(1);
                assertThat(fake.control().fake_nvml_init_count()).isEqualTo(1);
                assertThat(fake.control().fake_nvml_open_gpm_samples()).isZero();
                assertThat(fake.control().fake_nvml_open_event_sets()).isZero();
                assertThat(why(gpu.powerW())).isEqualTo(Absence.Kind.NOT_MEASURED);
            });

            assertThat(fake.control().fake_nvml_init_count()).isEqualTo(2);
            assertThat(gpu.powerW().asOptional()).isPresent();
        }
        assertThat(fake.control().fake_nvml_shutdown_count()).isEqualTo(2);
    }

    @Test
    void handlesThatWentWithTheirConnectionAreAbsentAndMayBeClosed() throws InterruptedException {
        try (ReopenableDriver driver = open()) {
            Gpu gpu = driver.gpus().getFirst();
            Gpm gpm = value(gpu.gpm());
            XidWatch watch = value(gpu.watchXid());
            driver.during(() -> {});
            try (Gpm again = value(gpu.gpm())) {
                assertThat(gpm.next().whyAbsent().orElseThrow().detail()).contains("opened again");
                assertThat(why(watch.poll())).isEqualTo(Absence.Kind.NOT_MEASURED);
                gpm.close();
                watch.close();
                assertThat(fake.control().fake_nvml_open_gpm_samples()).isEqualTo(2);
                assertThat(why(again.next())).isEqualTo(Absence.Kind.NO_DATA);
            }
        }
    }

    @Test
    void isBackWhenTheActionFails() {
        try (ReopenableDriver driver = open()) {
            assertThatThrownBy(() -> driver.during(() -> {
                        throw new IllegalStateException("refused");
                    }))
                    .hasMessage("refused")
                    .hasNoSuppressedExceptions();
            assertThat(driver.gpus().getFirst().memory().asOptional()).isPresent();
        }
    }

    /** What a call into a library that was shut down does is not for us to find out. */
    @Test
    void readersOnOtherThreadsNeverMeetAClosedLibrary() throws InterruptedException, ExecutionException {
        try (ReopenableDriver driver = open();
                var threads = Executors.newFixedThreadPool(3)) {
            Gpu gpu = driver.gpus().getFirst();
            AtomicBoolean over = new AtomicBoolean();
            AtomicLong values = new AtomicLong();
            List<Future<?>> readers = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                readers.add(threads.submit(() -> {
                    while (!over.get()) {
                        gpu.powerW().asOptional().ifPresent(_ -> values.incrementAndGet());
                        gpu.gpm().asOptional().ifPresent(gpm -> {
                            gpm.next();
                            gpm.close();
                        });
                        gpu.migDevices();
                    }
                }));
            }
            for (int round = 0; round < 20; round++) {
                driver.during(() ->
                        assertThat(fake.control().fake_nvml_open_gpm_samples()).isZero());
            }
            over.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
            assertThat(values).hasPositiveValue();
            assertThat(fake.control().fake_nvml_init_count()).isEqualTo(21);
        }
        assertThat(fake.control().fake_nvml_open_gpm_samples()).isZero();
        assertThat(fake.control().fake_nvml_shutdown_count()).isEqualTo(21);
    }
}
