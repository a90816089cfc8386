package io.gpushare.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.ClockDomain;
import io.gpushare.gpu.ClockEvent;
import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.GpmMetric;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MigMode;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.gpu.RecordedSample;
import io.gpushare.mode.ActiveMode;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.Placement;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.SomeModes;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sim.device.Seat;
import io.gpushare.sim.device.SeatRefusedException;
import io.gpushare.sim.device.SeatRequest;
import io.gpushare.sim.model.Model;
import io.gpushare.sim.model.StepModel;
import io.gpushare.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seats and modes are in force for as long as a block lasts, whether or not it mentions them. */
@SuppressWarnings("try")
final class SimulatedGpuTest {
    private final VirtualTime time = new VirtualTime();
    private final Simulation simulation = Simulation.of("h200", 5, time);
    private final Gpu gpu = simulation.driver().gpus().getFirst();

    @Test
    void idlesAsMeasured() {
        time.pause(Duration.ofSeconds(3));
        assertThat(value(gpu.powerW())).isEqualTo(125);
        assertThat(value(gpu.energyMillijoules())).isEqualTo(375_000);
        assertThat(value(gpu.utilization()).gpuPercent()).isZero();
        assertThat(value(gpu.clockEvents())).containsExactly(ClockEvent.IDLE);
        assertThat(value(gpu.memory()).usedBytes()).isZero();
        assertThat(gpu.identity().name()).isEqualTo("NVIDIA H200 (simulated)");
        assertThat(gpu.identity().uuid())
                .matches("GPU-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    /** Above what an idle one takes, half of what a full one takes, but for the chance of its pauses. */
    @Test
    void aBurnerThatPausesHalfOfTheTimeTakesHalf() throws SeatRefusedException {
        try (Seat seat = seat(
                "matmul-burn",
                Map.of("busy", "50"),
                simulation,
                simulation.machine().gpuUuid())) {
            seat.start(time.unixNanos(), (began, ended) -> {});
            time.pause(Duration.ofSeconds(5));
            double watts = value(gpu.energyMillijoules()) / 1000.0 / 5;
            assertThat(watts - 125).isCloseTo(0.5 * 573, within(0.05 * 573));
        }
    }

    @Test
    void integralOfRecordedPowerIsTheEnergyCounter() throws SeatRefusedException {
        try (Seat first = working("resnet-train", simulation);
                Seat second = working("bert-infer", simulation)) {
            long before = value(gpu.energyMillijoules());
            double joules = 0;
            long newest = 0;
            for (int second1 = 0; second1 < 10; second1++) {
                time.pause(Duration.ofSeconds(1));
                for (RecordedSample sample : value(gpu.recordedSamples(RecordedKind.POWER, newest))) {
                    assertThat(newest == 0 ? 20_000 : sample.timestampMicros() - newest)
                            .isEqualTo(20_000);
                    newest = sample.timestampMicros();
                    joules += sample.value() * 0.02;
                }
            }
            assertThat((value(gpu.energyMillijoules()) - before) / 1000.0).isBetween(joules - 0.01, joules + 0.01);
            assertThat(joules).isGreaterThan(10 * 190);
        }
    }

    @Test
    void ringsHoldWhatADriverHolds() throws SeatRefusedException {
        try (Seat seat = working("matmul-burn", simulation)) {
            time.pause(Duration.ofSeconds(60));
            assertThat(value(gpu.recordedSamples(RecordedKind.POWER, 0))).hasSize(119);
            List<RecordedSample> busy = value(gpu.recordedSamples(RecordedKind.GPU_UTILIZATION, 0));
            assertThat(busy).hasSize(71).allMatch(sample -> sample.value() >= 99);
            assertThat(busy.getLast().timestampMicros() - busy.get(69).timestampMicros())
                    .isEqualTo(200_000);
            assertThat(gpu.recordedSamples(RecordedKind.POWER, busy.getLast().timestampMicros() + 1_000_000)
                            .whyAbsent())
                    .contains(Absence.of(Absence.Kind.NO_DATA));
            assertThat(value(gpu.temperatureC())).isGreaterThan(60);
        }
    }

    @Test
    void energyMovesEachTenthOfASecond() {
        time.pause(Duration.ofMillis(100));
        long first = value(gpu.energyMillijoules());
        time.pause(Duration.ofMillis(80));
        assertThat(value(gpu.energyMillijoules())).isEqualTo(first);
        time.pause(Duration.ofMillis(20));
        assertThat(value(gpu.energyMillijoules())).isEqualTo(first + 12_500);
    }

    @Test
    void countersCompareTwoLooks() throws SeatRefusedException {
        Gpm gpm = value(gpu.gpm());
        assertThat(gpm.next().whyAbsent()).contains(Absence.of(Absence.Kind.NO_DATA));
        try (Seat seat = working("matmul-burn", simulation)) {
            time.pause(Duration.ofSeconds(2));
            Map<GpmMetric, Reading<Double>> metrics = value(gpm.next());
            assertThat(metricOf(metrics, GpmMetric.GRAPHICS_UTIL)).isBetween(98.0, 100.0);
            assertThat(metricOf(metrics, GpmMetric.TENSOR_UTIL)).isBetween(90.0, 95.0);
            time.pause(Duration.ofMillis(50));
            assertThat(gpm.next().whyAbsent()).isPresent();
        }
    }

    @Test
    void powerEndsAtTheLimitAndSaysSo() throws Exception {
        try (ActiveMode mps = simulation.modes().activate(SomeModes.request(SharingMode.mps(), 1), DriverPause.NONE)) {
            List<Seat> seats = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                Seat seat = client("launch-rate", mps.placements().getFirst(), Map.of());
                seat.start(time.unixNanos(), (began, ended) -> {});
                seats.add(seat);
            }
            time.pause(Duration.ofSeconds(2));
            assertThat(value(gpu.powerW())).isEqualTo(700);
            assertThat(value(gpu.clockEvents())).containsExactly(ClockEvent.SOFTWARE_POWER_CAP);
            assertThat(value(gpu.clockMhz(ClockDomain.SM))).isLessThan(1980);
            for (Seat seat : seats) {
                seat.close();
            }
        }
    }

    @Test
    void showsTenantsAsProcessesWithTheirMemory() throws Exception {
        try (ActiveMode mps = simulation.modes().activate(SomeModes.request(SharingMode.mps(), 1), DriverPause.NONE);
                Seat seat = client("bert-infer", mps.placements().getFirst(), Map.of())) {
            seat.start(time.unixNanos(), (began, ended) -> {});
            time.pause(Duration.ofSeconds(2));
            GpuProcess process = value(gpu.processes()).getFirst();
            assertThat(process.pid()).isGreaterThan(4_000_000);
            assertThat(process.kind()).isEqualTo(GpuProcess.Kind.MPS_CLIENT);
            assertThat(value(gpu.memory()).usedBytes()).isEqualTo(value(process.memoryBytes()));
            assertThat(value(gpu.processUtilization(0)).getFirst().smPercent()).isBetween(15, 30);
        }
        assertThat(value(gpu.processes())).isEmpty();
    }

    @Test
    void utilizationIsAbsentUnderMig() throws Exception {
        try (ActiveMode mig = simulation
                .modes()
                .activate(SomeModes.request(SharingMode.mig(new MigLayout.Balanced()), 2), DriverPause.NONE)) {
            time.pause(Duration.ofSeconds(1));
            Absence underMig = Absence.of(Absence.Kind.UNDER_MIG);
            assertThat(gpu.utilization().whyAbsent()).contains(underMig);
            assertThat(gpu.recordedSamples(RecordedKind.GPU_UTILIZATION, 0).whyAbsent())
                    .contains(underMig);
            assertThat(gpu.processUtilization(0).whyAbsent()).contains(underMig);
            assertThat(value(gpu.recordedSamples(RecordedKind.POWER, 0))).isNotEmpty();
            assertThat(value(gpu.migMode())).isEqualTo(new MigMode(true, true));
            Gpm gpm = value(value(gpu.migDevices()).getFirst().gpm());
            gpm.next();
            time.pause(Duration.ofSeconds(1));
            assertThat(metricOf(value(gpm.next()), GpmMetric.SM_UTIL)).isZero();
        }
    }

    @Test
    void refusesATenantThatDoesNotFitBesideTheOthers() throws SeatRefusedException {
        Simulation small = Simulation.of("t4", 1, time);
        Map<String, String> big = Map.of("batch", "100", "image_size", "224");
        try (Seat seat = seat("resnet-train", big, small, small.machine().gpuUuid())) {
            assertThatThrownBy(() ->
                            seat("resnet-train", big, small, small.machine().gpuUuid()))
                    .isInstanceOfSatisfying(
                            SeatRefusedException.class,
                            refused -> assertThat(refused.kind()).isEqualTo("oom"))
                    .hasMessageContaining("Tesla T4");
        }
        seat("resnet-train", big, small, small.machine().gpuUuid()).close();
    }

    @Test
    void refusesADeviceThatIsNotThere() {
        assertThatThrownBy(() -> seat("bert-infer", Map.of(), simulation, "MIG-gone"))
                .isInstanceOfSatisfying(
                        SeatRefusedException.class,
                        refused -> assertThat(refused.kind()).isEqualTo("gpu"));
    }

    /**
     * Measured: 42 a second beside an unlimited neighbour, 242 beside one with half the threads, 258 beside a low one.
     */
    @Test
    void aNeighbourWithHalfTheThreadsOrLowPriorityStarvesNobody() throws Exception {
        assertThat(bertStepsBesideACopyWith(Map.of())).isLessThan(100);
        assertThat(bertStepsBesideACopyWith(Map.of("CUDA_MPS_ACTIVE_THREAD_PERCENTAGE", "50")))
                .isBetween(440L, 530L);
        assertThat(bertStepsBesideACopyWith(Map.of("CUDA_MPS_CLIENT_PRIORITY", "1")))
                .isBetween(470L, 560L);
    }

    private long bertStepsBesideACopyWith(Map<String, String> settings) throws Exception {
        AtomicLong steps = new AtomicLong();
        try (ActiveMode mps = simulation.modes().activate(SomeModes.request(SharingMode.mps(), 2), DriverPause.NONE);
                Seat bert = client("bert-infer", mps.placements().get(0), Map.of());
                Seat copy = client("stream", mps.placements().get(1), settings)) {
            bert.start(time.unixNanos(), (began, ended) -> steps.incrementAndGet());
            copy.start(time.unixNanos(), (began, ended) -> {});
            time.pause(Duration.ofSeconds(2));
        }
        return steps.get();
    }

    private Seat client(String workload, Placement placement, Map<String, String> settings)
            throws SeatRefusedException {
        Model model = Model.shipped();
        StepModel step = model.workload(workload).step(Map.of(), model.reference(), model.reference());
        Map<String, String> environment = new HashMap<>(placement.environment());
        environment.putAll(settings);
        return simulation
                .machine()
                .seat(new SeatRequest(simulation.machine().newProcess(), step, placement.device(), environment, 9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h200", "h100", "a100-40", "a100-80", "t4"})
    void everyProfileRunsEveryWorkload(String profile) throws SeatRefusedException {
        Simulation other = Simulation.of(profile, 1, time);
        for (String workload : Model.shipped().workloads().keySet()) {
            AtomicLong steps = new AtomicLong();
            try (Seat seat = seat(workload, Map.of(), other, other.machine().gpuUuid())) {
                seat.start(time.unixNanos(), (began, ended) -> steps.incrementAndGet());
                time.pause(Duration.ofSeconds(10));
            }
            assertThat(steps.get()).as(workload).isPositive();
        }
    }

    @Test
    void countersBeginWithHopper() {
        assertThat(Simulation.of("a100-40", 1, time)
                        .driver()
                        .gpus()
                        .getFirst()
                        .gpm()
                        .whyAbsent())
                .contains(Absence.of(Absence.Kind.NOT_SUPPORTED));
    }

    @Test
    void unknownProfileNamesThoseThereAre() {
        assertThatThrownBy(() -> Simulation.of("h900", 1, time))
                .isInstanceOfSatisfying(GpushareException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
                    assertThat(refused.advice().orElseThrow()).contains("h200", "a100-40", "t4");
                });
    }

    private Seat working(String workload, Simulation on) throws SeatRefusedException {
        Seat seat = seat(workload, Map.of(), on, on.machine().gpuUuid());
        seat.start(time.unixNanos(), (began, ended) -> {});
        return seat;
    }

    private static Seat seat(String workload, Map<String, String> settings, Simulation on, String device)
            throws SeatRefusedException {
        Model model = Model.shipped();
        StepModel step = model.workload(workload).step(settings, on.machine().profile(), model.reference());
        return on.machine().seat(new SeatRequest(on.machine().newProcess(), step, Optional.of(device), Map.of(), 9));
    }

    private static double metricOf(Map<GpmMetric, Reading<Double>> metrics, GpmMetric metric) {
        return Optional.ofNullable(metrics.get(metric))
                .map(SimulatedGpuTest::value)
                .orElseThrow();
    }

    private static <T> T value(Reading<T> reading) {
        return reading.asOptional().orElseThrow(() -> new AssertionError(reading.whyAbsent()));
    }
}
