package io.gpushare.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.FakeGpu;
import io.gpushare.gpu.ProcessUtilization;
import io.gpushare.reading.Absence;
import io.gpushare.sampling.samples.Subject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessUtilizationProbeTest {
    private static final String METRIC = "sm_utilization_percent";

    private final FakeTicker ticker = new FakeTicker();
    private final FakeGpu gpu = new FakeGpu(0);
    private final Recording recording = new Recording();
    private final UnixTime time = new UnixTime(ticker, ticker.clock());
    private final ProcessUtilizationProbe probe;

    ProcessUtilizationProbeTest() {
        Broadcast broadcast = new Broadcast();
        broadcast.add(recording);
        probe = new ProcessUtilizationProbe(
                new SamplingContext(ticker, time, broadcast), "utilization", Subject.gpu("g"), gpu);
    }

    private void driverRecords(int smPercent, long aheadMicros) {
        ticker.passes(Duration.ofSeconds(1));
        gpu.processUtilization.answers(
                List.of(new ProcessUtilization(4711, ticker.unixMicros() + aheadMicros, smPercent, 0)));
    }

    @Test
    void keepsEachSampleOnce() {
        driverRecords(10, 0);
        probe.take();
        probe.take();
        driverRecords(20, 0);
        probe.take();
        assertThat(recording.values(METRIC)).containsExactly(10.0, 20.0);
    }

    @Test
    void goesOnWhenTheWallClockIsSetBack() {
        driverRecords(10, 0);
        probe.take();
        ticker.setWallClockForward(Duration.ofHours(-1));
        assertThat(time.followsAStep()).isTrue();
        probe.take();
        driverRecords(20, 0);
        probe.take();
        assertThat(recording.values(METRIC)).endsWith(20.0);
    }

    @Test
    void passesOverStampsFromTheFuture() {
        driverRecords(99, Duration.ofHours(1).toNanos() / 1000);
        probe.take();
        driverRecords(20, 0);
        probe.take();
        assertThat(recording.values(METRIC)).containsExactly(20.0);
    }

    @Test
    void anAnswerWithoutProcessesEndsAnAbsence() {
        gpu.processUtilization.isAbsent(Absence.Kind.FAILED);
        probe.take();
        gpu.processUtilization.isAbsent(Absence.Kind.NO_DATA);
        probe.take();
        assertThat(recording.absences(METRIC))
                .containsExactly(Absence.of(Absence.Kind.FAILED).reason(), "present");
    }
}
