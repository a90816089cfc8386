package io.gpushare.sampling;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.gpu.FakeMigDevice;
import io.gpushare.gpu.GpmMetric;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.gpu.XidEvent;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.InstrumentReport.LoopReport;
import io.gpushare.sampling.journal.MonitorResult;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.summary.GpuEnergy;
import io.gpushare.sampling.summary.PhaseEnergy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SamplerTest extends SamplerScenario {
    @Test
    void readsCheapThingsAtTheIntervalAndDearOnesOnceASecond() throws Exception {
        gpu.gpm.answers(Map.of(GpmMetric.SM_UTIL, Reading.of(86.0)));
        try (Sampler sampler = start()) {
            advance(ofSeconds(2));
            assertThat(gpu.powerW.calls()).isEqualTo(21);
            assertThat(gpu.gpm.calls()).isEqualTo(3);
            assertThat(gpu.processUtilization.calls()).isEqualTo(3);
            assertThat(gpu.energyMillijoules.calls()).isEqualTo(1);
            assertThat(recording.elapsedMillis("power_w"))
                    .startsWith(0L, 100L, 200L)
                    .endsWith(2000L);
            assertThat(sampler.latest().value(subject, "sm_active_percent")).isEqualTo(Reading.of(86.0));
        }
    }

    @Test
    void reportsWhatACallCosts() throws Exception {
        gpu.memory.answersWith(() -> {
            clocks.passes(Duration.ofNanos(4_000));
            return Reading.absent(Absence.Kind.NOT_SUPPORTED);
        });
        try (Sampler sampler = start()) {
            advance(ofMillis(550));
            assertThat(sampler.instrument().calls())
                    .filteredOn(call -> call.name().equals("memory"))
                    .singleElement()
                    .satisfies(call -> {
                        assertThat(call.calls()).isGreaterThanOrEqualTo(6);
                        assertThat(call.failures()).isZero();
                        assertThat(call.latency().asOptional().orElseThrow().p50Nanos())
                                .isBetween(3_960L, 4_040L);
                    });
        }
    }

    @Test
    void showsProcessesWithTheirNamesAndThatTheyAreGone() throws Exception {
        int self = (int) ProcessHandle.current().pid();
        gpu.processes.answers(List.of(new GpuProcess(
                self, GpuProcess.Kind.COMPUTE, Reading.of(8_000_000_000L), OptionalInt.empty(), OptionalInt.empty())));
        try (Sampler sampler = start()) {
            advance(ofMillis(10));
            assertThat(sampler.latest().processes(subject).asOptional().orElseThrow())
                    .singleElement()
                    .satisfies(process -> {
                        assertThat(process.process().name()).isEqualTo(Reading.of("java"));
                        assertThat(process.use().memoryBytes()).isEqualTo(Reading.of(8_000_000_000L));
                    });
            gpu.processes.answers(List.of());
            advance(ofSeconds(1));
            assertThat(sampler.latest().processes(subject)).isEqualTo(Reading.of(List.of()));
        }
    }

    @Test
    void samplesEachMigDeviceOfAGpu() throws Exception {
        FakeMigDevice small = new FakeMigDevice("MIG-1", "1g.18gb", 9);
        FakeMigDevice large = new FakeMigDevice("MIG-2", "3g.71gb", 2);
        large.memory.answers(new MemoryUse(100, 0, 58, 42));
        gpu.migDevices.answers(List.of(small, large));
        gpu.utilization.isAbsent(Absence.Kind.UNDER_MIG);
        try (Sampler sampler = start()) {
            advance(ofMillis(10));
            LatestReadings latest = sampler.latest();
            assertThat(latest.value(Subject.migDevice("MIG-2"), "memory_used_bytes"))
                    .isEqualTo(Reading.of(42.0));
            assertThat(latest.value(Subject.migDevice("MIG-1"), "sm_active_percent"))
                    .isEqualTo(Reading.absent(Absence.Kind.NOT_SUPPORTED));
            assertThat(latest.value(subject, "gpu_utilization_percent"))
                    .isEqualTo(Reading.absent(Absence.Kind.UNDER_MIG));
            sampler.finish();
        }
    }

    @Test
    void warnsOfXidErrorsAndCountsThem() throws Exception {
        try (Sampler sampler = start()) {
            gpu.xid.answers(List.of(new XidEvent(79, OptionalInt.empty(), OptionalInt.empty())));
            advance(ofSeconds(1));
            assertThat(sampler.latest().xidCounts(subject)).containsEntry(79L, 2L);
            assertThat(sampler.warnings())
                    .singleElement()
                    .asString()
                    .contains("Xid error 79")
                    .contains(subject.id());
        }
    }

    @Test
    void readsEnergyAtPhaseBordersOnlyAndBothWays() throws Exception {
        gpu.ring(RecordedKind.POWER).followsTheClock(clocks, 20_000, micros -> 200);
        long began = clocks.nanos();
        gpu.energyMillijoules.answersWith(() -> Reading.of((clocks.nanos() - began) / 5_000));
        try (Sampler sampler = start()) {
            advance(ofSeconds(5));
            sampler.mark("measure");
            advance(ofSeconds(10));
            MonitorResult result = sampler.finish();
            assertThat(gpu.energyMillijoules.calls()).isEqualTo(3);
            assertThat(recording.borders())
                    .extracting(PhaseBorder::name)
                    .containsExactly(PhaseBorder.START, "measure", PhaseBorder.END);
            GpuEnergy energy = result.energy().getFirst();
            assertThat(energy.phases()).extracting(PhaseEnergy::phase).containsExactly("start", "measure");
            PhaseEnergy measured = energy.phases().getLast();
            assertThat(measured.counterJoules()).isEqualTo(Reading.of(2000.0));
            assertThat(measured.integral().asOptional().orElseThrow().joules()).isCloseTo(2000, offset(1e-6));
            assertThat(measured.integral().asOptional().orElseThrow().coveragePercent())
                    .isEqualTo(100);
            assertThat(measured.disagrees()).isFalse();
            assertThat(sampler.energy()).isEqualTo(result.energy());
        }
    }

    @Test
    void leavesTheResultAndNothingElseBehind() throws Exception {
        try (Sampler sampler = start()) {
            advance(ofSeconds(2));
            assertThat(files.journal()).exists();
            MonitorResult result = sampler.finish();
            assertThat(result.interrupted()).isFalse();
            assertThat(result.summary()).isNotEmpty();
        }
        assertThat(gpu.openResources()).isZero();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(files.result());
        }
        JsonNode document = new ObjectMapper().readTree(files.result().toFile());
        assertThat(document.path("state").asText()).isEqualTo("complete");
        JsonNode table = document.path("tables").get(0);
        assertThat(table.path("rows").intValue()).isEqualTo(22);
        for (JsonNode column : table.path("columns")) {
            assertThat(column).hasSize(22);
        }
        assertThat(document.at("/instrument/loops/0/ticks_due").intValue()).isEqualTo(21);
    }

    @Test
    void closesWhatItOpenedWhenTheResultIsNotWanted() throws Exception {
        try (Sampler sampler = start()) {
            advance(ofMillis(100));
            sampler.stop();
            sampler.stop();
        }
        assertThat(gpu.openResources()).isZero();
        assertThat(files.journal()).exists();
        assertThat(files.result()).doesNotExist();
    }

    @Test
    void measuresTheShareOfACoreThatItsThreadsTake() throws Exception {
        try (Sampler sampler = start()) {
            advance(ofSeconds(2));
            assertThat(sampler.instrument().loops())
                    .extracting(LoopReport::cpuSharePercent)
                    .allSatisfy(share -> assertThat(share.asOptional()).isPresent());
        }
    }

    @Test
    void takesIntervalsFromAMillisecondToASecond() {
        assertThat(SamplingOptions.DEFAULT.every(ofMillis(1)).interval()).isEqualTo(ofMillis(1));
        assertThatIllegalArgumentException().isThrownBy(() -> SamplingOptions.DEFAULT.every(Duration.ofNanos(999_999)));
        assertThatIllegalArgumentException().isThrownBy(() -> SamplingOptions.DEFAULT.every(ofMillis(1001)));
    }
}
