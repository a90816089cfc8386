package io.gpushare.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.MigDevice;
import io.gpushare.mode.ActiveMode;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.ModeEvidence;
import io.gpushare.mode.ModeEvidence.TenantEvidence;
import io.gpushare.mode.ModeProof;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Placement;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.SomeModes;
import io.gpushare.mode.mig.MigPlan;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.reading.Reading;
import io.gpushare.sim.device.Seat;
import io.gpushare.sim.device.SeatRequest;
import io.gpushare.sim.device.SimulatedControl;
import io.gpushare.sim.model.Model;
import io.gpushare.sim.model.StepModel;
import io.gpushare.time.VirtualTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seats and modes are in force for as long as a block lasts, whether or not it mentions them. */
@SuppressWarnings("try")
final class SimulatedModesTest {
    private static final SharingMode BALANCED = SharingMode.mig(new MigLayout.Balanced());

    private final Simulation simulation = Simulation.of("h200", 5, new VirtualTime());
    private final SimulatedControl control = simulation.control();
    private final Gpu gpu = simulation.driver().gpus().getFirst();

    @ParameterizedTest
    @CsvSource({"1, 7g.141gb", "2, 3g.71gb", "4, 1g.35gb", "7, 1g.18gb"})
    void dividesTheGpuForAll(int tenants, String profile) throws InterruptedException {
        try (ActiveMode mig = activate(BALANCED, tenants)) {
            assertThat(geometry()).hasSize(tenants).containsOnly(profile);
            Set<String> devices = mig.placements().stream()
                    .map(Placement::device)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toSet());
            assertThat(devices).hasSize(tenants).allMatch(uuid -> uuid.startsWith("MIG-"));
        }
        assertThat(geometry()).isEmpty();
        assertThat(value(gpu.migMode()).current()).isFalse();
    }

    @Test
    void givesEachTenantTheProfileNamedForIt() throws InterruptedException {
        List<String> names = List.of("1g.18gb", "3g.71gb", "2g.35gb", "1g.18gb");
        try (ActiveMode mig = activate(SharingMode.mig(MigLayoutText.parse(names)), 4)) {
            assertThat(mig.placements().stream().map(this::profileOf)).containsExactlyElementsOf(names);
        }
    }

    @Test
    void tenantsOfACutInstanceHaveTheirOwnDevices() throws InterruptedException {
        try (ActiveMode mig = activate(SharingMode.mig(MigLayoutText.parse(List.of("3g.71gb/1c+2c"))), 2)) {
            assertThat(mig.placements().stream().map(this::profileOf)).containsExactly("1c.3g.71gb", "2c.3g.71gb");
        }
    }

    @Test
    void aCardWithoutMigSaysSo() {
        assertThatThrownBy(() -> Simulation.of("t4", 1, new VirtualTime())
                        .modes()
                        .activate(SomeModes.request(BALANCED, 2), DriverPause.NONE))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        refused -> assertThat(refused.status()).isEqualTo(ExitStatus.UNABLE))
                .hasMessageContaining("has no MIG");
    }

    @Test
    void bringsBackWhatWasThereBefore() throws InterruptedException {
        MigLayout earlier = MigLayoutText.parse(List.of("1g.18gb", "3g.71gb"));
        control.perform(new Change.SetQuantum(Quantum.SHORT));
        control.perform(new Change.SwitchMig(true));
        control.perform(new Change.CreateInstances(MigPlan.choose(earlier, 2, control.profiles(), List.of())));
        GpuSetup before = simulation.machine().setup();
        try (ActiveMode mig = activate(BALANCED, 4)) {
            assertThat(geometry()).containsOnly("1g.35gb");
        }
        assertThat(simulation.machine().setup()).isEqualTo(before);
    }

    @Test
    void theTimeSliceLastsAsLongAsTheMode() throws InterruptedException {
        try (ActiveMode turns = activate(new SharingMode.TimeSlicing(Optional.of(Quantum.LONG)), 2)) {
            assertThat(value(simulation.machine().setup().quantum())).isEqualTo(Quantum.LONG);
        }
        assertThat(value(simulation.machine().setup().quantum())).isEqualTo(Quantum.DEFAULT);
    }

    @Test
    void isNotDividedUnderATenant() throws Exception {
        try (Seat seat = seat(simulation.modes().alone(), simulation.machine().newProcess())) {
            assertThatThrownBy(() -> activate(BALANCED, 2))
                    .hasMessageContaining("In use by another client: process 400");
        }
    }

    @Test
    void provesMpsByItsClients() throws Exception {
        try (ActiveMode mps = activate(SharingMode.mps(), 1)) {
            int pid = simulation.machine().newProcess();
            try (Seat seat = seat(mps.placements().getFirst(), pid)) {
                mps.look();
                assertThat(proof(mps, simulation.machine().gpuUuid(), pid).proven())
                        .isTrue();
            }
            assertThat(simulation.machine().setup().daemons()).hasSize(1);
        }
        assertThat(simulation.machine().setup().daemons()).isEmpty();
    }

    @Test
    void aTenantThatLooksElsewhereForItsDaemonRanWithoutMps() throws Exception {
        try (ActiveMode mps = activate(SharingMode.mps(), 1)) {
            int pid = simulation.machine().newProcess();
            try (Seat seat = seat(simulation.modes().alone(), pid)) {
                mps.look();
                ModeProof proof = proof(mps, simulation.machine().gpuUuid(), pid);
                assertThat(proof.proven()).isFalse();
                assertThat(proof.evidence().toString()).contains("ran without MPS");
            }
        }
    }

    @Test
    void clientsInsideMigDevicesAreProvenForEachDaemon() throws Exception {
        SharingMode both =
                new SharingMode.Mig(MigLayoutText.parse(List.of("3g.71gb:2")), Optional.of(MpsSettings.NONE));
        try (ActiveMode mig = activate(both, 3)) {
            List<Placement> placements = mig.placements();
            assertThat(placements.get(2).device()).isEqualTo(placements.get(0).device());
            int[] pids = new int[3];
            for (int tenant = 0; tenant < 3; tenant++) {
                pids[tenant] = simulation.machine().newProcess();
            }
            try (Seat first = seat(placements.get(0), pids[0]);
                    Seat second = seat(placements.get(1), pids[1]);
                    Seat third = seat(placements.get(2), pids[2])) {
                mig.look();
                List<TenantEvidence> tenants = List.of(
                        saw(placements.get(0).device().orElseThrow(), pids[0]),
                        saw(placements.get(1).device().orElseThrow(), pids[1]),
                        saw(placements.get(2).device().orElseThrow(), pids[2]));
                assertThat(mig.prove(new ModeEvidence(gpu.processes(), tenants, List.of()))
                                .proven())
                        .isTrue();
            }
        }
        assertThat(simulation.machine().setup().mig().on()).isFalse();
    }

    @Test
    void provesMigByTheDeviceThatTenantsSaw() throws InterruptedException {
        try (ActiveMode mig = activate(BALANCED, 1)) {
            String given = mig.placements().getFirst().device().orElseThrow();
            assertThat(proof(mig, given, 1).proven()).isTrue();
            assertThat(proof(mig, simulation.machine().gpuUuid(), 1).proven()).isFalse();
        }
    }

    private ActiveMode activate(SharingMode mode, int tenants) throws InterruptedException {
        return simulation.modes().activate(SomeModes.request(mode, tenants), DriverPause.NONE);
    }

    private ModeProof proof(ActiveMode mode, String seenDevice, int pid) {
        return mode.prove(new ModeEvidence(gpu.processes(), List.of(saw(seenDevice, pid)), List.of()));
    }

    private static TenantEvidence saw(String device, int pid) {
        return SomeModes.tenant(true, Optional.of(device), OptionalInt.empty(), OptionalLong.empty(), Set.of(pid));
    }

    private Seat seat(Placement placement, int pid) throws Exception {
        Model model = Model.shipped();
        StepModel step = model.workload("bert-infer").step(Map.of(), model.reference(), model.reference());
        return simulation.machine().seat(new SeatRequest(pid, step, placement.device(), placement.environment(), 1));
    }

    private String profileOf(Placement placement) {
        return value(gpu.migDevices()).stream()
                .map(MigDevice::identity)
                .filter(identity -> Optional.of(identity.uuid()).equals(placement.device()))
                .map(identity -> identity.name())
                .findFirst()
                .orElseThrow();
    }

    private List<String> geometry() {
        return value(gpu.migDevices()).stream()
                .map(MigDevice::identity)
                .map(identity -> identity.name())
                .toList();
    }

    private static <T> T value(Reading<T> reading) {
        return reading.asOptional().orElseThrow();
    }
}
