package io.gpushare.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ReopenableDriverTest {
    private final FakeGpu gpu = new FakeGpu(0);
    private final List<FakeGpuDriver> opened = new ArrayList<>();
    private int failures;
    private boolean gpuGone;

    private GpuDriver source() {
        if (failures > 0) {
            failures--;
            throw new GpushareException(ExitStatus.UNABLE, "the driver is busy", null);
        }
        FakeGpuDriver driver = gpuGone ? new FakeGpuDriver() : new FakeGpuDriver(gpu);
        opened.add(driver);
        return driver;
    }

    private ReopenableDriver open() {
        return ReopenableDriver.open(this::source, Duration.ofMillis(300));
    }

    @Test
    void waitsForADriverThatIsNotBackAtOnce() throws InterruptedException {
        try (ReopenableDriver driver = open()) {
            driver.during(() -> failures = 2);
            assertThat(driver.gpus().getFirst().powerW()).isEqualTo(Reading.of(76.5));
        }
        assertThat(opened).extracting(FakeGpuDriver::timesClosed).containsExactly(1, 1);
    }

    @Test
    void saysWhyThereAreNoReadingsWhenTheDriverDoesNotComeBackAndTriesAgainTheNextTime() throws InterruptedException {
        try (ReopenableDriver driver = open()) {
            Gpu facade = driver.gpus().getFirst();
            assertThatExceptionOfType(GpushareException.class)
                    .isThrownBy(() -> driver.during(() -> failures = Integer.MAX_VALUE))
                    .withMessage("the driver is busy");
            assertThat(facade.powerW().whyAbsent().orElseThrow().detail())
                    .isEqualTo("the driver could not be opened again: the driver is busy");

            driver.during(() -> failures = 0);

            assertThat(facade.powerW().asOptional()).isPresent();
        }
    }

    @Test
    void tellsThatAGpuDidNotComeBack() throws InterruptedException {
        try (ReopenableDriver driver = open()) {
            driver.during(() -> gpuGone = true);
            assertThat(driver.gpus().getFirst().powerW().whyAbsent().map(Absence::kind))
                    .contains(Absence.Kind.GPU_LOST);
        }
        assertThat(opened).allSatisfy(each -> assertThat(each.timesClosed()).isOne());
    }

    @Test
    void doesNotRunTheActionWhileAQuestionHangs() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(1);
        gpu.powerW.answersWith(() -> {
            asked.countDown();
            awaitQuietly(hanging);
            return Reading.of(1.0);
        });
        AtomicBoolean ran = new AtomicBoolean();
        try (ReopenableDriver driver = open()) {
            Thread reader = Thread.ofVirtual().start(driver.gpus().getFirst()::powerW);
            asked.await();
            assertThatExceptionOfType(GpushareException.class)
                    .isThrownBy(() -> driver.during(() -> ran.set(true)))
                    .withMessageContaining("cannot be let go of");
            assertThat(ran).isFalse();
            assertThat(driver.gpus().getFirst().temperatureC()).isEqualTo(Reading.of(31));
            hanging.countDown();
            reader.join();
        }
    }

    @Test
    void doesNotRunTheActionWhereTheDriverKeepsWhatItHolds() {
        AtomicBoolean ran = new AtomicBoolean();
        GpuDriver clinging = new GpuDriver() {
            @Override
            public DriverVersions versions() {
                return FakeGpuDriver.VERSIONS;
            }

            @Override
            public List<Gpu> gpus() {
                return List.of(gpu);
            }

            @Override
            public void close() {}

            @Override
            public boolean released() {
                return false;
            }
        };
        try (ReopenableDriver driver = ReopenableDriver.open(() -> clinging)) {
            assertThatExceptionOfType(GpushareException.class)
                    .isThrownBy(() -> driver.during(() -> ran.set(true)))
                    .withMessageContaining("cannot be let go of");
            assertThat(driver.gpus().getFirst().powerW().asOptional()).isPresent();
        }
        assertThat(ran).isFalse();
    }

    @Test
    void putsTheDriverBackOnAThreadThatWasInterrupted() throws InterruptedException {
        try (ReopenableDriver driver = open()) {
            Thread.currentThread().interrupt();
            driver.during(() -> failures = 1);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(driver.gpus().getFirst().powerW().asOptional()).isPresent();
        }
    }

    @Test
    void asksNobodyAfterTheEnd() {
        ReopenableDriver driver = open();
        driver.close();
        driver.close();
        assertThat(driver.gpus().getFirst().powerW().asOptional()).isEmpty();
        assertThat(opened).extracting(FakeGpuDriver::timesClosed).containsExactly(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
