package io.gpushare.sampling;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.FakeMigDevice;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.InstrumentReport.LoopReport;
import io.gpushare.sampling.InstrumentReport.RingReport;
import io.gpushare.sampling.journal.MonitorFile;
import io.gpushare.sampling.journal.MonitorResult;
import io.gpushare.sampling.samples.Subject;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SamplerSuspensionTest extends SamplerScenario {
    private static final String WHY = "not measured (sampling was suspended while the GPU was changed)";

    @Test
    void holdsAndAsksNothingUntilItGoesOn() throws Exception {
        try (Sampler sampler = start()) {
            advance(ofSeconds(1));
            Sampler.Suspension suspension = sampler.suspend();
            assertThat(gpu.openResources()).isZero();
            int asked = gpu.powerW.calls();
            ticker.passes(ofSeconds(7));
            assertThat(gpu.powerW.calls()).isEqualTo(asked);
            assertThat(sampler.latest().value(subject, "power_w").whyAbsent().map(Absence::reason))
                    .contains(WHY);
            suspension.close();
            suspension.close();
            advance(ofSeconds(1));
            assertThat(sampler.latest().value(subject, "power_w")).isEqualTo(Reading.of(76.5));
            assertThat(gpu.openResources()).isEqualTo(2);
            assertThat(sampler.instrument().loops())
                    .extracting(LoopReport::missed)
                    .containsOnly(0L);
            assertThat(recording.absences("power_w")).containsExactly(WHY, "present");
            assertThat(sampler.finish().warnings()).isEmpty();
        }
        assertThat(gpu.openResources()).isZero();
    }

    @Test
    void countsNothingAsLostThatTheDriverRecordedMeanwhileAndReadsNoSampleTwice() throws Exception {
        gpu.ring(RecordedKind.POWER).followsTheClock(ticker.clock(), 20_000, micros -> 200);
        try (Sampler sampler = start()) {
            advance(ofSeconds(2));
            Sampler.Suspension suspension = sampler.suspend();
            ticker.passes(ofSeconds(30));
            suspension.close();
            advance(ofSeconds(2));
            sampler.finish();
            assertThat(sampler.instrument().rings())
                    .filteredOn(ring -> ring.table().contains("power"))
                    .extracting(RingReport::lost)
                    .containsExactly(0L);
            List<Long> times = recording.elapsedMillis("power_recorded_w");
            assertThat(times).isSorted();
            assertThat(new HashSet<>(times)).hasSameSizeAs(times);
        }
    }

    @Test
    void takesUpMigDevicesThatAppearedAndAsksThoseNoMoreThatAreGone() throws Exception {
        FakeMigDevice old = new FakeMigDevice("MIG-old", "1g.18gb", 9);
        FakeMigDevice staying = new FakeMigDevice("MIG-staying", "1g.18gb", 5);
        gpu.migDevices.answers(List.of(old, staying));
        try (Sampler sampler = start()) {
            advance(ofSeconds(1));
            FakeMigDevice again = new FakeMigDevice("MIG-new", "1g.18gb", 9);
            again.memory.answers(new MemoryUse(100, 0, 58, 42));
            FakeMigDevice listedAgain = new FakeMigDevice("MIG-staying", "1g.18gb", 5);
            listedAgain.memory.answers(new MemoryUse(100, 0, 93, 7));
            Sampler.Suspension suspension = sampler.suspend();
            gpu.migDevices.answers(List.of(again, listedAgain));
            int asked = old.memory.calls();
            suspension.close();
            advance(ofSeconds(2));
            assertThat(old.memory.calls()).isEqualTo(asked);
            LatestReadings latest = sampler.latest();
            assertThat(latest.value(Subject.migDevice("MIG-new"), "memory_used_bytes"))
                    .isEqualTo(Reading.of(42.0));
            assertThat(latest.value(Subject.migDevice("MIG-staying"), "memory_used_bytes"))
                    .isEqualTo(Reading.of(7.0));
            assertThat(latest.value(Subject.migDevice("MIG-old"), "memory_used_bytes")
                            .whyAbsent()
                            .map(Absence::reason))
                    .contains("no data yet (this MIG device is not there any more)");
            sampler.finish();
        }
        List<String> names = new ArrayList<>();
        JsonNode document = new ObjectMapper().readTree(files.result().toFile());
        document.path("tables").forEach(table -> names.add(table.path("name").asText()));
        assertThat(names)
                .doesNotHaveDuplicates()
                .contains("gpu0_mig_9_0", "gpu0_mig_5_0", "gpu0_mig_9_0_again2")
                .doesNotContain("gpu0_mig_5_0_again2");
    }

    @Test
    void aJournalThatBreaksOffAfterASuspensionCanBeSaved() throws Exception {
        try (Sampler sampler = start()) {
            advance(ofSeconds(1));
            Sampler.Suspension suspension = sampler.suspend();
            gpu.migDevices.answers(List.of(new FakeMigDevice("MIG-1", "1g.18gb", 9)));
            suspension.close();
            advance(ofSeconds(1));
            var copy = folder.resolve("copy.jsonl");
            Files.copy(files.journal(), copy, StandardCopyOption.REPLACE_EXISTING);
            MonitorResult saved = MonitorFile.write(copy, folder.resolve("saved.json"));
            assertThat(saved.interrupted()).isTrue();
            assertThat(Files.readString(saved.file())).contains("\"subject\":\"MIG-1\"");
        }
    }

    @Test
    void endsWellWhileItIsSuspended() throws Exception {
        try (Sampler sampler = start()) {
            advance(ofSeconds(1));
            Sampler.Suspension suspension = sampler.suspend();
            assertThat(sampler.finish().interrupted()).isFalse();
            suspension.close();
            assertThat(gpu.openResources()).isZero();
            sampler.suspend().close();
        }
        assertThat(gpu.openResources()).isZero();
    }

    @Test
    void refusesToSayThatItLetGoOfADriverThatHangs() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        patience = Duration.ofMillis(50);
        try (Sampler sampler = start()) {
            advance(ofMillis(100));
            gpu.processes.answersWith(() -> {
                awaitWhateverComes(hanging);
                return Reading.of(List.of());
            });
            assertThatExceptionOfType(GpushareException.class)
                    .isThrownBy(sampler::suspend)
                    .withMessageContaining("cannot let go of the GPU");
            assertThat(sampler.warnings()).anyMatch(warning -> warning.contains("did not go on"));
            hanging.countDown();
            patience = ofSeconds(10);
        }
    }

    private static void awaitWhateverComes(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException asAnySystemCallMay) {
                // A call into a driver does not notice.
            }
        }
    }
}
