package io.gpushare.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.Reading;
import io.gpushare.mode.ActiveMode;
import io.gpushare.mode.GpuReaders;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.ModeEvidence;
import io.gpushare.mode.ModeProof;
import io.gpushare.mode.ModeRequest;
import io.gpushare.mode.Placement;
import io.gpushare.mode.SharingMode;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import io.gpushare.sim.device.Seat;
import io.gpushare.sim.device.SeatRequest;
import io.gpushare.sim.model.Model;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seats and modes are in force for as long as a block lasts, whether or not it mentions them. */
@SuppressWarnings("try")
final class SimulatedModesTest {
    private final Simulation simulation = Simulation.byHand("h200", 5, new HandTime());
    private final Gpu gpu = simulation.driver().gpus().getFirst();

    @ParameterizedTest
    @CsvSource({"1, 7g.141gb", "2, 3g.71gb", "3, 2g.35gb", "4, 1g.35gb", "5, 1g.18gb", "7, 1g.18gb"})
    void choosesTheLargestProfileForAll(int tenants, String profile) throws InterruptedException {
        try (ActiveMode mig = simulation
                .modes()
                .activate(ModeRequest.alike(SharingMode.mig(new MigLayout.Balanced()), tenants), GpuReaders.NONE)) {
            assertThat(geometry()).hasSize(tenants).containsOnly(profile);
            Set<String> devices = mig.placements().stream()
                    .map(Placement::device)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toSet());
            assertThat(devices).hasSize(tenants).allMatch(uuid -> uuid.startsWith("MIG-"));
        }
    }

    @Test
    void placesMixedProfilesInAnyOrder() throws InterruptedException {
        try (ActiveMode mig = simulation
                .modes()
                .activate(
                        ModeRequest.alike(
                                SharingMode.mig(
                                        MigLayoutText.parse(List.of("1g.18gb", "3g.71gb", "2g.35gb", "1g.18gb"))),
                                4),
                        GpuReaders.NONE)) {
            assertThat(geometry()).containsExactly("1g.18gb", "3g.71gb", "2g.35gb", "1g.18gb");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8, '', 7 × 1g.18gb",
        "3, '3g.71gb 3g.71gb 1g.18gb', cannot be divided into 3g.71gb",
        "1, '9g.1gb', no MIG profile 9g.1gb",
        "2, '3g.71gb', 1 MIG profiles for 2 tenants"
    })
    void saysWhatWouldFit(int tenants, String profiles, String words) {
        List<String> names = profiles.isEmpty() ? List.of() : Arrays.asList(profiles.split(" ", -1));
        assertThatThrownBy(() -> simulation
                        .modes()
                        .activate(
                                ModeRequest.alike(SharingMode.mig(MigLayoutText.parse(names)), tenants),
                                GpuReaders.NONE))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        refused -> assertThat(refused.sentence() + refused.advice())
                                .contains(words));
        assertThat(geometry()).isEmpty();
    }

    @Test
    void aCardWithoutMigSaysSo() {
        assertThatThrownBy(() -> Simulation.byHand("t4", 1, new HandTime())
                        .modes()
                        .activate(ModeRequest.alike(SharingMode.mig(new MigLayout.Balanced()), 2), GpuReaders.NONE))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        refused -> assertThat(refused.status()).isEqualTo(ExitStatus.UNABLE))
                .hasMessageContaining("has no MIG");
    }

    @Test
    void bringsBackWhatWasThereBefore() throws InterruptedException {
        try (ActiveMode outer = simulation
                .modes()
                .activate(
                        ModeRequest.alike(SharingMode.mig(MigLayoutText.parse(List.of("3g.71gb", "3g.71gb"))), 2),
                        GpuReaders.NONE)) {
            try (ActiveMode inner =
                    simulation.modes().activate(ModeRequest.alike(SharingMode.mps(), 2), GpuReaders.NONE)) {
                assertThat(geometry()).isEmpty();
                inner.close();
                assertThat(geometry()).containsExactly("3g.71gb", "3g.71gb");
            }
            assertThat(geometry()).containsExactly("3g.71gb", "3g.71gb");
        }
        assertThat(geometry()).isEmpty();
        assertThat(value(gpu.migMode()).current()).isFalse();
    }

    @Test
    void doesNotChangeUnderATenant() throws Exception {
        try (Seat seat = seat(simulation.machine().gpuUuid())) {
            assertThatThrownBy(
                            () -> simulation.modes().activate(ModeRequest.alike(SharingMode.mps(), 2), GpuReaders.NONE))
                    .hasMessageContaining("in use by process 400");
        }
    }

    @Test
    void provesMpsByItsClients() throws Exception {
        try (ActiveMode mps = simulation.modes().activate(ModeRequest.alike(SharingMode.mps(), 1), GpuReaders.NONE)) {
            String uuid = simulation.machine().gpuUuid();
            assertThat(proof(mps, uuid).proven()).isFalse();
            seat(uuid).close();
            assertThat(proof(mps, uuid).proven()).isTrue();
        }
    }

    @Test
    void provesMigByTheDeviceThatTenantsSaw() throws InterruptedException {
        try (ActiveMode mig = simulation
                .modes()
                .activate(ModeRequest.alike(SharingMode.mig(new MigLayout.Balanced()), 1), GpuReaders.NONE)) {
            String given = mig.placements().getFirst().device().orElseThrow();
            assertThat(proof(mig, given).proven()).isTrue();
            assertThat(proof(mig, simulation.machine().gpuUuid()).proven()).isFalse();
        }
    }

    @Test
    void anotherModeSpeaksAgainstTheProof() throws InterruptedException {
        try (ActiveMode timeSlicing =
                simulation.modes().activate(ModeRequest.alike(SharingMode.timeSlicing(), 1), GpuReaders.NONE)) {
            assertThat(proof(timeSlicing, simulation.machine().gpuUuid()).proven())
                    .isTrue();
            try (ActiveMode mps =
                    simulation.modes().activate(ModeRequest.alike(SharingMode.mps(), 1), GpuReaders.NONE)) {
                assertThat(mps.placements()).hasSize(1);
                assertThat(proof(timeSlicing, simulation.machine().gpuUuid()).proven())
                        .isFalse();
            }
        }
    }

    private static ModeProof proof(ActiveMode mode, String seenDevice) {
        return mode.prove(new ModeEvidence(
                Reading.of(List.of()),
                List.of(new ModeEvidence.TenantEvidence(Optional.of(seenDevice), OptionalInt.empty(), Set.of()))));
    }

    private Seat seat(String device) throws Exception {
        Model model = Model.shipped();
        return simulation
                .machine()
                .seat(new SeatRequest(
                        simulation.machine().newProcess(),
                        model.workload("bert-infer").step(Map.of(), model.reference(), model.reference()),
                        Optional.of(device),
                        100,
                        1));
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
