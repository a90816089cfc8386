package io.gpushare.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.FakeGpu;
import io.gpushare.gpu.FakeRing;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.reading.Absence;
import io.gpushare.sampling.samples.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RingProbeTest {
    private static final String METRIC = "power_recorded_w";
    private static final Duration PERIOD = Duration.ofMillis(20);

    private final FakeTicker ticker = new FakeTicker();
    private final FakeGpu gpu = new FakeGpu(0);
    private final FakeRing ring = gpu.ring(RecordedKind.POWER);
    private final Recording recording = new Recording();
    private final RingProbe probe;
    private int recorded;

    RingProbeTest() {
        Broadcast broadcast = new Broadcast();
        broadcast.add(recording);
        UnixTime time = new UnixTime(ticker, ticker.clock());
        SamplingContext context = new SamplingContext(ticker, time, broadcast);
        Subject subject = Subject.gpu(gpu.identity().uuid());
        probe = new RingProbe(context, "power", subject, gpu, GpuSources.rings().getFirst());
    }

    @BeforeEach
    void recordSomething() {
        driverRecords(10);
    }

    /** Each sample's value is its number, so that gaps and doubles show. */
    private void driverRecords(int count) {
        for (int i = 0; i < count; i++) {
            ticker.passes(PERIOD);
            ring.record(ticker.unixMicros(), recorded++);
        }
    }

    private static List<Double> numbers(int from, int to) {
        List<Double> numbers = new ArrayList<>();
        for (int number = from; number < to; number++) {
            numbers.add((double) number);
        }
        return numbers;
    }

    @Test
    void readsEachSampleOnceOverManyDrains() {
        for (int drain = 0; drain < 20; drain++) {
            probe.take();
            driverRecords(1 + drain * 5);
        }
        probe.take();
        assertThat(recording.values(METRIC)).containsExactlyElementsOf(numbers(0, recorded));
        assertThat(probe.report().samples()).isEqualTo(recorded);
        assertThat(probe.report().lost()).isZero();
    }

    @Test
    void readsEachSampleOnceWhenTheDriverRepeatsSome() {
        ring.overlapBy(7);
        probe.take();
        driverRecords(50);
        probe.take();
        driverRecords(50);
        probe.take();
        assertThat(recording.values(METRIC)).containsExactlyElementsOf(numbers(0, 110));
    }

    @Test
    void countsWhatTheRingForgotBeforeItWasRead() {
        probe.take();
        driverRecords(150);
        probe.take();
        assertThat(probe.report().lost()).isEqualTo(150 - 119);
        assertThat(recording.values(METRIC)).hasSize(10 + 119).endsWith(159.0);
    }

    @Test
    void keepsTheDriversOwnTime() {
        probe.take();
        List<Long> elapsed = recording.elapsedMillis(METRIC);
        for (int i = 1; i < elapsed.size(); i++) {
            assertThat(elapsed.get(i) - elapsed.get(i - 1)).isEqualTo(20);
        }
        assertThat(elapsed).startsWith(20L).endsWith(200L);
    }

    @Test
    void isNotPutOffByAnEmptyAnswerInBetween() {
        probe.take();
        probe.take();
        assertThat(recording.absences(METRIC)).isEmpty();
        driverRecords(3);
        probe.take();
        assertThat(recording.values(METRIC)).containsExactlyElementsOf(numbers(0, 13));
    }

    @Test
    void losesNothingWhenADrainFailsAndTheNextComesInTime() {
        probe.take();
        gpu.ringsFail = true;
        driverRecords(50);
        probe.take();
        gpu.ringsFail = false;
        driverRecords(50);
        probe.take();
        assertThat(recording.values(METRIC)).containsExactlyElementsOf(numbers(0, 110));
        assertThat(recording.absences(METRIC))
                .containsExactly(Absence.of(Absence.Kind.FAILED).reason(), "present");
        assertThat(probe.report().lost()).isZero();
    }

    @Test
    void passesOverStampsFromTheFuture() {
        ring.record(ticker.unixMicros() + 3_600_000_000L, -1);
        probe.take();
        driverRecords(5);
        probe.take();
        assertThat(recording.values(METRIC)).doesNotContain(-1.0).endsWith(14.0);
    }

    @Test
    void learnsThePeriodOfACardThatRecordsMoreSlowly() {
        FakeGpu slow = new FakeGpu(1);
        slow.ring(RecordedKind.POWER).followsTheClock(ticker.clock(), 100_000, micros -> 70);
        Broadcast broadcast = new Broadcast();
        RingProbe slowProbe = new RingProbe(
                new SamplingContext(ticker, new UnixTime(ticker, ticker.clock()), broadcast),
                "slow",
                Subject.gpu("slow"),
                slow,
                GpuSources.rings().getFirst());
        for (int drain = 0; drain < 5; drain++) {
            ticker.passes(Duration.ofSeconds(1));
            slowProbe.take();
        }
        assertThat(slowProbe.report().samples()).isEqualTo(51);
        assertThat(slowProbe.report().lost()).isZero();
    }
}
