package io.gpushare.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class NvmlSessionTest {
    private final FakeNvml fake = FakeNvml.playing("h200");

    @Test
    void closingComesBackFromADriverThatHangs() throws InterruptedException {
        NvmlSession session = NvmlSession.start(fake.location().load(), Duration.ofMillis(50));
        CountDownLatch hanging = new CountDownLatch(1);
        session.own(() -> awaitQuietly(hanging));
        session.close();
        assertThat(fake.control().fake_nvml_shutdown_count()).isZero();
        assertThat(session.released()).isFalse();
        hanging.countDown();
        awaitRelease(session);
        assertThat(fake.control().fake_nvml_shutdown_count()).isEqualTo(1);
    }

    @Test
    void endsTheLibraryOnAThreadThatWasInterrupted() {
        NvmlSession session = NvmlSession.start(fake.location().load());
        Thread.currentThread().interrupt();
        session.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(fake.control().fake_nvml_shutdown_count()).isEqualTo(1);
    }

    private static void awaitRelease(NvmlSession session) throws InterruptedException {
        long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!session.released()) {
            assertThat(System.nanoTime()).as("the library was ended late").isLessThan(giveUp);
            Thread.sleep(5);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
