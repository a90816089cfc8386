package io.gpushare.mode.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.ModeEvidence;
import io.gpushare.mode.ModeEvidence.TenantEvidence;
import io.gpushare.mode.ModeProof;
import io.gpushare.mode.MpsPriority;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.SomeModes;
import io.gpushare.mode.setup.GpuControl.DaemonState;
import io.gpushare.mode.setup.GpuControl.Server;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ModeProverTest {
    private static final String GPU = "GPU-11111111-2222-3333-4444-555555555555";
    private static final String OTHER = "GPU-99999999-2222-3333-4444-555555555555";
    private static final MpsDaemon DAEMON = new MpsDaemon(
            Path.of("/tmp/gpushare-mps-1"), new MpsDaemon.Device.WholeGpu(), OptionalInt.empty(), MpsSettings.NONE);
    private static final GpuSetup PLAIN = new GpuSetup(
            Reading.of(Quantum.DEFAULT), Reading.of(ComputeMode.DEFAULT), new MigSetup.Off(false), List.of());
    private static final GpuSetup WITH_DAEMON = PLAIN.with(List.of(DAEMON));

    private final List<DaemonLook> looks = new ArrayList<>(List.of(look(0, 10, 20), look(1, 10, 20)));
    private final List<TenantEvidence> tenants =
            new ArrayList<>(List.of(tenant(GPU, 132, 10), tenant(GPU, 132, 19, 20)));
    private Reading<List<GpuProcess>> processes = Reading.of(List.of(
            client(10),
            client(20),
            new GpuProcess(7, GpuProcess.Kind.COMPUTE, Reading.of(1L), OptionalInt.empty(), OptionalInt.empty())));
    private GpuSetup atEnd = WITH_DAEMON;
    private MpsSettings settings = MpsSettings.NONE;
    private List<ModeEvidence.Neighbour> neighbours = List.of();

    @Test
    void isProvenByEveryTenantInEveryLook() {
        assertThat(mps().proven()).isTrue();
        assertThat(mps().evidence())
                .contains(
                        "2 of 2 tenants saw the GPU that they were given, by its UUID",
                        "tenant 0 (pid 10) was in the list of MPS clients each of 2 times",
                        "tenant 1 (pid 20) was in the list of MPS clients each of 2 times")
                .first()
                .as("what a report says of it")
                .isEqualTo("2 of 2 tenants were MPS clients, each of 2 times");
    }

    @Test
    void aTenantThatIsNoClientRanWithoutMps() {
        looks.replaceAll(look -> look(look.elapsedS(), 10));
        assertNotProven("tenant 1 (pid 19, 20) ran without MPS: it was in none of 2 lists of its clients");
    }

    @Test
    void aClientForPartOfTheTimeIsNotEnough() {
        looks.set(1, look(1, 10));
        assertNotProven("tenant 1 (pid 20) was in only 1 of 2 lists of MPS clients");
    }

    @Test
    void aTenantThatFailedWasAClientAsLongAsItLived() {
        looks.set(1, look(1, 10));
        tenants.replaceAll(tenant -> tenant.processes().contains(20)
                ? new TenantEvidence(
                        true,
                        true,
                        tenant.device(),
                        tenant.smCount(),
                        tenant.freeBytes(),
                        tenant.processes(),
                        Optional.empty(),
                        true,
                        Optional.empty())
                : tenant);
        ModeProof proof = mps();
        assertThat(proof.proven()).isTrue();
        assertThat(proof.evidence())
                .contains(
                        "2 of 2 tenants were MPS clients, each of 2 times, as long as they ran",
                        "tenant 1 (pid 20) was in the first 1 of 2 lists of MPS clients, until it ended");
        looks.add(look(2, 10, 20));
        assertNotProven("tenant 1 (pid 20) was in only 2 of 3 lists of MPS clients");
    }

    @Test
    void theDriversOwnListOutweighsTheDaemons() {
        processes = Reading.of(List.of(
                client(20),
                new GpuProcess(10, GpuProcess.Kind.COMPUTE, Reading.of(1L), OptionalInt.empty(), OptionalInt.empty())));
        assertNotProven("the driver lists pid 10 of tenant 0 as a process without MPS");
    }

    @Test
    void nothingIsProvenWithoutALook() {
        looks.clear();
        assertNotProven("the list of MPS clients was never read: the measured time was too short");
    }

    @Test
    void aDaemonThatWentAwayProvesNothing() {
        looks.add(new DaemonLook(2.5, Map.of(DAEMON.pipeDirectory(), new DaemonState.Absent())));
        atEnd = PLAIN;
        assertNotProven(
                "when the tenants had ended, the MPS daemon was gone",
                "the MPS daemon was gone 2.5 s after the first look at it",
                "tenant 0 (pid 10) was in only 2 of 3 lists of MPS clients",
                "tenant 1 (pid 20) was in only 2 of 3 lists of MPS clients");
    }

    @Test
    void tenantsWithoutAGpuShowNothingOfMps() {
        processes = Reading.of(List.of());
        tenants.replaceAll(tenant -> SomeModes.tenant(
                false, Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), tenant.processes()));
        assertNotProven("no tenant used the GPU, so nothing shows that it was shared through MPS");
    }

    @Test
    void aThreadPercentageShowsInTheSmsThatTenantsSee() {
        settings = new MpsSettings(OptionalInt.of(25), OptionalLong.empty(), Optional.empty());
        tenants.set(0, tenant(GPU, 32, 10));
        assertNotProven("tenant 1 saw 132 of 132 SMs: the limit of 25 % of the threads was not in force");
        tenants.set(1, tenant(GPU, 32, 20));
        assertThat(mps().evidence()).contains("tenant 0 saw 32 of 132 SMs under 25 % of the threads");
        tenants.set(1, SomeModes.tenant(true, Optional.of(GPU), OptionalInt.empty(), OptionalLong.empty(), Set.of(20)));
        assertThat(mps().proven()).isFalse();
    }

    @Test
    void aMemoryLimitShowsInTheMemoryThatTenantsSeeFree() {
        settings = new MpsSettings(OptionalInt.empty(), OptionalLong.of(2L << 30), Optional.empty());
        tenants.set(0, withFree(1534L << 20, 10));
        tenants.set(1, withFree(140_000L << 20, 20));
        assertNotProven("tenant 1 saw 136.7 GiB free: its memory limit of 2GiB was not in force");
        tenants.set(1, SomeModes.tenant(true, Optional.of(GPU), OptionalInt.of(132), OptionalLong.empty(), Set.of(20)));
        assertNotProven(
                "tenant 1 did not tell how much memory it saw free, so nothing shows that it was limited to 2GiB");
        tenants.set(1, withFree(2L << 30, 20));
        assertThat(mps().evidence()).contains("tenant 0 saw 1.5 GiB free under a memory limit of 2GiB");
    }

    @Test
    void saysThatAPriorityShowsNowhere() {
        settings = new MpsSettings(OptionalInt.empty(), OptionalLong.empty(), Optional.of(MpsPriority.LOW));
        assertThat(mps().proven()).isTrue();
        assertThat(mps().evidence())
                .contains("tenant 0 was given low priority; CUDA does not tell whether that has an effect");
    }

    private static TenantEvidence withFree(long bytes, Integer pid) {
        return SomeModes.tenant(true, Optional.of(GPU), OptionalInt.of(132), OptionalLong.of(bytes), Set.of(pid));
    }

    @Test
    void aTenantOnAnotherGpuSpoilsTheProof() {
        tenants.set(1, tenant(OTHER, 132, 20));
        assertNotProven("tenant 1 saw " + OTHER + ", and was given " + GPU);
    }

    @Test
    void takingTurnsNeedsProcessesThatAreNoClients() {
        atEnd = PLAIN;
        assertThat(turns().evidence())
                .containsExactly("pid 10 (tenant 0) was an MPS client", "pid 20 (tenant 1) was an MPS client");
        processes = Reading.absent(Absence.Kind.NO_PERMISSION);
        assertThat(turns().proven()).isFalse();
        processes = Reading.of(List.of());
        assertThat(turns().proven()).isTrue();
        assertThat(turns().evidence().getFirst())
                .isEqualTo("read back before and after: MIG off; compute mode default; time slice default");
    }

    @Test
    void aTimeSliceThatSomebodyChangedSpoilsTheProof() {
        atEnd = PLAIN.with(Quantum.LONG);
        processes = Reading.of(List.of());
        assertThat(turns().evidence())
                .containsExactly("when the tenants had ended, the time slice was no longer default");
    }

    @Test
    void migIsProvenByWhatTenantsSawThemselves() {
        String device = "MIG-5d6f0000-2222-3333-4444-555555555555";
        GpuSetup divided = PLAIN.with(new MigSetup.On(false, List.of()));
        processes = Reading.of(List.of());
        SharingMode mig = SharingMode.mig(new MigLayout.Balanced());
        // Some programs write GPU- before the number of a MIG device.
        tenants.set(0, tenant(device.replace("MIG-", "GPU-"), 16, 10));
        tenants.set(1, tenant(device, 16, 20));
        assertThat(prove(mig, divided, divided, seat(device, Optional.empty())).proven())
                .isTrue();
        assertThat(prove(mig, divided, divided, seat(device, Optional.empty())).evidence())
                .first()
                .isEqualTo("2 of 2 tenants saw the MIG device that they were given, by its UUID");
        tenants.set(1, tenant(GPU, 132, 20));
        assertThat(prove(mig, divided, divided, seat(device, Optional.empty())).evidence())
                .containsExactly("tenant 1 saw " + GPU + ", and was given " + device);
        tenants.replaceAll(tenant ->
                SomeModes.tenant(true, Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), Set.of()));
        assertThat(prove(mig, divided, divided, seat(device, Optional.empty())).proven())
                .isFalse();
    }

    @Test
    void oneThatIsOnlyWatchedHasToBeAClientOfTheSameDaemon() {
        neighbours = List.of(new ModeEvidence.Neighbour(2, Set.of(30)));
        processes = Reading.of(List.of(client(10), client(20), client(30)));
        looks.replaceAll(look -> look(look.elapsedS(), 10, 20, 30));
        assertThat(mps().proven()).isTrue();
        assertThat(mps().evidence()).contains("tenant 2 (pid 30) was in the list of MPS clients each of 2 times");

        looks.replaceAll(look -> look(look.elapsedS(), 10, 20));
        assertNotProven("tenant 2 (pid 30) ran without MPS: it was in none of 2 lists of its clients");

        processes = Reading.of(List.of(client(10), client(20)));
        assertThat(mps().proven()).isTrue();
        assertThat(mps().evidence()).anySatisfy(sentence -> assertThat(sentence).contains("tenant 2", "used no GPU"));
    }

    @Test
    void oneThatIsOnlyWatchedAndIsAClientDoesNotTakeTurns() {
        neighbours = List.of(new ModeEvidence.Neighbour(2, Set.of(30)));
        atEnd = PLAIN;
        processes = Reading.of(List.of(client(30)));
        assertThat(turns().evidence()).containsExactly("pid 30 (tenant 2, which is only watched) was an MPS client");
    }

    private void assertNotProven(String... objections) {
        assertThat(mps().proven()).isFalse();
        assertThat(mps().evidence()).containsExactly(objections);
    }

    private ModeProof mps() {
        return prove(SharingMode.mps(), WITH_DAEMON, atEnd, seat(GPU, Optional.of(DAEMON.pipeDirectory())));
    }

    private ModeProof turns() {
        return prove(SharingMode.timeSlicing(), PLAIN, atEnd, seat(GPU, Optional.empty()));
    }

    private ModeProof prove(SharingMode mode, GpuSetup reached, GpuSetup end, TenantSeat seat) {
        return ModeProver.prove(
                mode, reached, end, List.of(seat, seat), looks, new ModeEvidence(processes, tenants, neighbours));
    }

    private TenantSeat seat(String device, Optional<Path> pipeDirectory) {
        return new TenantSeat(
                SomeModes.wholeGpu(device), Optional.empty(), pipeDirectory, settings, OptionalInt.of(132));
    }

    private static DaemonLook look(double elapsedS, Integer... clients) {
        return new DaemonLook(
                elapsedS,
                Map.of(
                        DAEMON.pipeDirectory(),
                        new DaemonState.Running(List.of(new Server(7, Optional.of(0), List.of(clients))))));
    }

    private static TenantEvidence tenant(String device, int smCount, Integer... pids) {
        return SomeModes.tenant(true, Optional.of(device), OptionalInt.of(smCount), OptionalLong.empty(), Set.of(pids));
    }

    private static GpuProcess client(int pid) {
        return new GpuProcess(
                pid, GpuProcess.Kind.MPS_CLIENT, Reading.of(1L), OptionalInt.empty(), OptionalInt.empty());
    }
}
