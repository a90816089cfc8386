package io.gpushare.sampling;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.gpu.Utilization;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.journal.JournalWriter;
import io.gpushare.sampling.journal.MonitorResult;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Table;
import io.gpushare.time.Inbox;
import io.gpushare.time.Time;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SamplerFaultTest extends SamplerScenario {
    @Test
    void keepsSamplingWhenOneReadingFailsAndWhenItComesBack() throws Exception {
        try (Sampler sampler = start()) {
            advance(ofMillis(100));
            gpu.powerW.isAbsent(Absence.Kind.NO_PERMISSION);
            advance(ofMillis(200));
            assertThat(sampler.latest().value(subject, "power_w"))
                    .isEqualTo(Reading.absent(Absence.Kind.NO_PERMISSION));
            gpu.powerW.answers(90.0);
            advance(ofMillis(100));
            assertThat(recording.values("power_w")).containsExactly(76.5, 76.5, null, null, 90.0);
            assertThat(recording.values("temperature_c")).hasSize(5).doesNotContainNull();
            assertThat(recording.absences("power_w")).containsExactly("no permission", "present");
        }
    }

    @Test
    void takesWhatASourceThrowsAsTheReasonOfAnAbsence() throws Exception {
        gpu.utilization.throwing(new IllegalStateException("the library went mad"));
        gpu.xid.throwing(new UnsupportedOperationException("no events"));
        try (Sampler sampler = start()) {
            advance(ofSeconds(3));
            assertThat(recording.absences("gpu_utilization_percent"))
                    .singleElement()
                    .asString()
                    .contains("the library went mad");
            gpu.utilization.answers(new Utilization(55, 11));
            advance(ofMillis(100));
            assertThat(sampler.latest().value(subject, "gpu_utilization_percent"))
                    .isEqualTo(Reading.of(55.0));
            assertThat(sampler.instrument().calls())
                    .filteredOn(call -> call.name().equals("utilization"))
                    .singleElement()
                    .satisfies(call -> assertThat(call.failures()).isEqualTo(31));
        }
    }

    @Test
    void outlivesAnErrorOfTheVirtualMachineInASource() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        gpu.temperatureC.answersWith(() -> {
            if (calls.incrementAndGet() == 2) {
                throw new StackOverflowError("deep");
            }
            return Reading.of(40);
        });
        try (Sampler sampler = start()) {
            advance(ofMillis(300));
            assertThat(recording.values("temperature_c")).containsExactly(40.0, null, 40.0, 40.0);
            assertThat(sampler.warnings()).isEmpty();
        }
    }

    @Test
    void countsTicksThatASlowReadingMadeItMissAndDoesNotCatchUp() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        gpu.powerW.answersWith(() -> {
            if (calls.incrementAndGet() == 3) {
                clocks.passes(ofMillis(350));
            }
            return Reading.of(100.0);
        });
        try (Sampler sampler = start()) {
            advance(ofSeconds(1));
            assertThat(recording.elapsedMillis("power_w"))
                    .containsExactly(0L, 100L, 200L, 600L, 700L, 800L, 900L, 1000L);
            assertThat(sampler.instrument().loops())
                    .filteredOn(loop -> loop.name().equals("fast"))
                    .singleElement()
                    .satisfies(loop -> {
                        assertThat(loop.taken()).isEqualTo(8);
                        assertThat(loop.missed()).isEqualTo(3);
                        assertThat(loop.due()).isEqualTo(11);
                    });
        }
    }

    @Test
    void leavesOutAListenerThatThrowsAndSaysSo() throws Exception {
        SampleListener broken = new SampleListener() {
            @Override
            public void row(Table table, Row row) {
                throw new IllegalStateException("no screen");
            }
        };
        try (Sampler sampler = start(broken)) {
            advance(ofMillis(300));
            assertThat(recording.values("power_w")).hasSize(4);
            assertThat(sampler.warnings()).singleElement().asString().contains("no screen");
        }
    }

    @Test
    void goesOnWithoutAJournalWhenTheDiskIsFullAndSaysSo() throws Exception {
        Files.createFile(files.journal());
        OutputStream full = new FileOutputStream("/dev/full");
        journals = (file, told) -> JournalWriter.to(full, file, told);
        try (Sampler sampler = start()) {
            advance(ofSeconds(1));
            gpu.powerW.answers(123.0);
            advance(ofMillis(100));
            assertThat(sampler.latest().value(subject, "power_w")).isEqualTo(Reading.of(123.0));
            assertThat(sampler.journalFailure().orElseThrow()).contains("No space left on device");
            assertThat(recording.warnings()).anyMatch(warning -> warning.contains("No space left on device"));
            assertThatThrownBy(sampler::finish)
                    .isInstanceOf(GpushareException.class)
                    .hasMessageContaining("No space left on device");
        }
    }

    @Test
    void followsTheWallClockWhenItIsSet() throws Exception {
        try (Sampler sampler = start()) {
            advance(ofSeconds(1));
            clocks.setWallClockForward(ofHours(-1));
            gpu.ring(RecordedKind.POWER).followsTheClock(clocks, 20_000, micros -> 300);
            advance(ofSeconds(2));
            assertThat(sampler.warnings()).singleElement().asString().contains("the system clock was set");
            assertThat(recording.values("power_recorded_w")).contains(300.0);
            assertThat(recording.elapsedMillis("power_recorded_w"))
                    .allSatisfy(elapsed -> assertThat(elapsed).isBetween(900L, 3000L));
        }
    }

    @Test
    void saysThatTheSamplesAreGoneWhenTheirFolderWasCleared() throws Exception {
        try (Sampler sampler = start()) {
            advance(ofSeconds(1));
            Files.delete(files.journal());
            assertThatThrownBy(sampler::finish)
                    .isInstanceOf(GpushareException.class)
                    .hasMessageContaining("the samples are lost")
                    .hasMessageContaining(files.journal().toString());
        }
    }

    @Test
    void warnsThatAGpuWasLost() throws Exception {
        try (Sampler sampler = start()) {
            advance(ofMillis(500));
            gpu.powerW.isAbsent(Absence.Kind.GPU_LOST);
            advance(ofMillis(500));
            assertThat(sampler.finish().warnings())
                    .containsOnlyOnce("GPU 0 was lost 0.6 s after the start: the driver could not reach it any more");
        }
    }

    @Test
    void savesAllOnAThreadThatWasInterrupted() throws Exception {
        try (Sampler sampler = start()) {
            advance(ofSeconds(1));
            Thread.currentThread().interrupt();
            MonitorResult result = sampler.finish();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(result.warnings()).isEmpty();
            assertThat(result.interrupted()).isFalse();
        }
        assertThat(gpu.openResources()).isZero();
        assertThat(files.result()).exists();
    }

    @Test
    void leavesADriverBehindThatNeverAnswersAgain() throws Exception {
        Inbox<String> never = clocks.inbox();
        patience = ofMillis(200);
        try (Sampler sampler = start()) {
            advance(ofSeconds(1));
            gpu.gpm.answersWith(() -> {
                awaitQuietly(never);
                return Reading.absent(Absence.Kind.GPU_LOST);
            });
            MonitorResult result = sampler.finish();
            assertThat(result.warnings()).singleElement().asString().contains("the driver did not answer");
            assertThat(result.interrupted()).isFalse();
        } finally {
            never.put("now");
        }
        assertThat(gpu.openResources())
                .as("not closed under a call that uses it")
                .isEqualTo(2);
    }

    @Test
    void savesWhatItHasWhenTheLastReadingOfEnergyNeverComes() throws Exception {
        Inbox<String> never = clocks.inbox();
        patience = ofMillis(200);
        try (Sampler sampler = start()) {
            advance(ofSeconds(1));
            gpu.energyMillijoules.answersWith(() -> {
                awaitQuietly(never);
                return Reading.absent(Absence.Kind.GPU_LOST);
            });
            MonitorResult result = sampler.finish();
            assertThat(result.warnings()).singleElement().asString().contains("the driver did not answer");
            assertThat(result.interrupted()).isFalse();
        } finally {
            never.put("now");
        }
    }

    private static void awaitQuietly(Inbox<String> word) {
        try {
            word.poll(Time.NEVER);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
