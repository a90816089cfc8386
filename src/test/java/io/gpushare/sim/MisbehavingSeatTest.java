package io.gpushare.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.experiment.isolate.Misbehaviour;
import io.gpushare.gpu.DriverPause;
import io.gpushare.mode.ActiveMode;
import io.gpushare.mode.Placement;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.SomeModes;
import io.gpushare.sim.device.Seat;
import io.gpushare.sim.device.SeatRefusedException;
import io.gpushare.sim.device.SeatRequest;
import io.gpushare.sim.model.MisbehaviourModel;
import io.gpushare.sim.model.Model;
import io.gpushare.sim.model.StepModel;
import io.gpushare.time.Time;
import io.gpushare.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What programs that misbehave do to others on the simulated GPU. */
final class MisbehavingSeatTest {
    private static final Model MODEL = Model.shipped();

    private final Time time = new VirtualTime();
    private final Simulation simulation = Simulation.of("h200", 3, time);
    private final AtomicLong steps = new AtomicLong();

    private Seat seat(String workload, Placement placement, Map<String, String> more) throws SeatRefusedException {
        StepModel step = MODEL.workload(workload).step(Map.of(), MODEL.reference(), MODEL.reference());
        Map<String, String> environment = new HashMap<>(placement.environment());
        environment.putAll(more);
        return simulation
                .machine()
                .seat(new SeatRequest(simulation.machine().newProcess(), step, placement.device(), environment, 9));
    }

    private static StepModel steps(String what) {
        MisbehaviourModel known = Objects.requireNonNull(MODEL.misbehaviours().get(what));
        return known.steps(MODEL.reference(), MODEL.reference()).orElseThrow();
    }

    private long stepsIn(Duration duration) {
        simulation.machine().advance();
        long before = steps.get();
        time.pause(duration);
        simulation.machine().advance();
        return steps.get() - before;
    }

    private void work(Seat victim) {
        victim.start(time.unixNanos(), (began, ended) -> steps.incrementAndGet());
    }

    @Test
    void whoTakesAllMemoryLeavesNoneForNewcomers() throws SeatRefusedException {
        Placement whole = simulation.modes().alone();
        try (Seat victim = seat("resnet-infer", whole, Map.of());
                Seat hog = seat("misbehave", whole, Map.of())) {
            work(victim);
            assertThat(hog.takeFreeMemory()).isGreaterThan(130L << 30);
            assertThat(hog.takeFreeMemory()).isZero();
            assertThat(stepsIn(Duration.ofSeconds(1))).isPositive();
            assertThatThrownBy(() -> seat("bert-infer", whole, Map.of()))
                    .isInstanceOfSatisfying(
                            SeatRefusedException.class,
                            refused -> assertThat(refused.kind()).isEqualTo("oom"));
            hog.giveBackMemory();
            seat("bert-infer", whole, Map.of()).close();
        }
    }

    @Test
    void aFaultMayEndTheOthersOfItsServerAndNobodyElse() throws Exception {
        List<String> heard = new ArrayList<>();
        try (ActiveMode mps = simulation.modes().activate(SomeModes.request(SharingMode.mps(), 2), DriverPause.NONE);
                Seat victim = seat("resnet-infer", mps.placements().get(0), Map.of());
                Seat faulty = seat("misbehave", mps.placements().get(1), Map.of());
                Seat outside = seat("resnet-infer", simulation.modes().alone(), Map.of())) {
            victim.onFault(error -> heard.add("victim: " + error));
            faulty.onFault(error -> heard.add("itself: " + error));
            outside.onFault(error -> heard.add("outside: " + error));
            work(victim);
            assertThat(stepsIn(Duration.ofSeconds(1))).isPositive();
            faulty.fault("a failed assertion");
            assertThat(stepsIn(Duration.ofSeconds(1))).isPositive();
            faulty.faultNeighbours("an illegal address");
            assertThat(stepsIn(Duration.ofSeconds(1))).isZero();
        }
        assertThat(heard).containsExactly("itself: a failed assertion", "victim: an illegal address");
    }

    @Test
    void aFaultUnderTimeSlicingIsTheProgramsOwn() throws SeatRefusedException {
        List<String> heard = new ArrayList<>();
        Placement whole = simulation.modes().alone();
        try (Seat victim = seat("resnet-infer", whole, Map.of());
                Seat faulty = seat("misbehave", whole, Map.of())) {
            victim.onFault(heard::add);
            work(victim);
            faulty.fault("an illegal address");
            faulty.faultNeighbours("an illegal address");
            assertThat(stepsIn(Duration.ofSeconds(1))).isGreaterThan(300);
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void anEndlessKernelTakesTurnsUnderTimeSlicingAndKeepsEverythingUnderMps() throws Exception {
        Placement whole = simulation.modes().alone();
        try (Seat victim = seat("resnet-infer", whole, Map.of());
                Seat endless = seat("misbehave", whole, Map.of())) {
            work(victim);
            endless.work(steps("endless-kernel"), time.unixNanos(), (began, ended) -> {});
            assertThat(stepsIn(Duration.ofSeconds(2))).isBetween(300L, 600L);
            endless.pause();
            assertThat(stepsIn(Duration.ofSeconds(2))).isGreaterThan(620);
        }
        try (ActiveMode mps = simulation.modes().activate(SomeModes.request(SharingMode.mps(), 2), DriverPause.NONE);
                Seat victim = seat("resnet-infer", mps.placements().get(0), Map.of());
                Seat endless = seat("misbehave", mps.placements().get(1), Map.of())) {
            work(victim);
            endless.work(steps("endless-kernel"), time.unixNanos(), (began, ended) -> {});
            assertThat(stepsIn(Duration.ofSeconds(2))).isLessThanOrEqualTo(1);
            endless.pause();
            assertThat(stepsIn(Duration.ofSeconds(2))).isGreaterThan(500);
        }
    }

    @Test
    void everyMisbehaviourOfTheModelIsOneThatTheWorkloadKnows() {
        assertThat(MODEL.misbehaviours().keySet()).containsExactlyElementsOf(Misbehaviour.texts());
    }
}
