package io.gpushare.mode.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.ModeEvidence;
import io.gpushare.mode.ModeEvidence.TenantEvidence;
import io.gpushare.mode.ModeProof;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.SomeModes;
import io.gpushare.mode.setup.GpuControl.DaemonState;
import io.gpushare.mode.setup.GpuControl.Server;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.InstanceIds;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.reading.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UsedGpuProofTest {
    private static final Path PIPE = Path.of("/tmp/gpushare-mps-1/pipe");
    private static final String GPU = "GPU-11111111-2222-3333-4444-555555555555";
    private static final GpuSetup SETUP = new GpuSetup(
            Reading.of(Quantum.DEFAULT), Reading.of(ComputeMode.DEFAULT), new MigSetup.Off(false), List.of());

    private final List<TenantEvidence> tenants = new ArrayList<>();
    private final List<GpuProcess> onGpu = new ArrayList<>();
    private final List<DaemonLook> looks = new ArrayList<>();

    private void tenant(boolean usesGpu, Optional<String> device, OptionalInt smCount) {
        tenants.add(SomeModes.tenant(usesGpu, device, smCount, OptionalLong.empty(), Set.of(100 + tenants.size())));
    }

    private void onTheGpu(int pid, GpuProcess.Kind kind) {
        onGpu.add(new GpuProcess(pid, kind, Reading.of(1L << 30), OptionalInt.empty(), OptionalInt.empty()));
    }

    private void clients(Integer... pids) {
        Server server = new Server(50, Optional.of(0), Arrays.asList(pids));
        looks.add(new DaemonLook(looks.size(), Map.of(PIPE, new DaemonState.Running(List.of(server)))));
    }

    private ModeProof mps(MpsSettings settings) {
        TenantSeat seat = new TenantSeat(
                SomeModes.wholeGpu(GPU), Optional.empty(), Optional.of(PIPE), settings, OptionalInt.of(132));
        return prove(SharingMode.mps(), seat);
    }

    private ModeProof prove(SharingMode mode, TenantSeat seat) {
        return ModeProver.prove(
                mode,
                SETUP,
                SETUP,
                IntStream.range(0, tenants.size()).mapToObj(_ -> seat).toList(),
                looks,
                new ModeEvidence(Reading.of(onGpu), tenants, List.of()));
    }

    @Test
    void showsThatAllWereClientsEachTime() {
        tenant(true, Optional.of(GPU), OptionalInt.of(132));
        tenant(false, Optional.empty(), OptionalInt.empty());
        onTheGpu(100, GpuProcess.Kind.MPS_CLIENT);
        clients(100);
        clients(100);

        assertThat(mps(MpsSettings.NONE).proven()).isTrue();
    }

    @Test
    void asksAlsoForATenantThatDidNotTellItsDevice() {
        tenant(true, Optional.of(GPU), OptionalInt.of(132));
        tenant(true, Optional.empty(), OptionalInt.empty());
        clients(100);

        ModeProof proof = mps(MpsSettings.NONE);

        assertThat(proof.proven()).isFalse();
        assertThat(proof.evidence()).singleElement().asString().contains("tenant 1", "ran without MPS");
    }

    @Test
    void asksAlsoForATenantThatOnlyTheDriverSawOnTheGpu() {
        tenant(true, Optional.of(GPU), OptionalInt.of(132));
        tenant(false, Optional.empty(), OptionalInt.empty());
        onTheGpu(101, GpuProcess.Kind.COMPUTE);
        clients(100);

        assertThat(mps(MpsSettings.NONE).evidence())
                .anyMatch(sentence -> sentence.contains("tenant 1") && sentence.contains("ran without MPS"))
                .anyMatch(sentence -> sentence.contains("pid 101 of tenant 1 as a process without MPS"));
    }

    @Test
    void seesALimitThatNobodySet() {
        tenant(true, Optional.of(GPU), OptionalInt.of(66));
        clients(100);

        assertThat(mps(MpsSettings.NONE).evidence()).singleElement().asString().contains("saw only 66 of 132 SMs");
        assertThat(mps(half()).proven()).isTrue();
    }

    private static MpsSettings half() {
        return new MpsSettings(OptionalInt.of(50), OptionalLong.empty(), Optional.empty());
    }

    @Test
    void isNoProofThatNobodyEverLooked() {
        tenant(true, Optional.of(GPU), OptionalInt.of(132));

        assertThat(mps(MpsSettings.NONE).proven()).isFalse();
    }

    private ModeProof ofAProgramOnInstance(int computeInstance) {
        tenants.add(new TenantEvidence(
                false,
                false,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                Set.of(7),
                Optional.empty(),
                false,
                Optional.empty()));
        onGpu.add(new GpuProcess(
                7, GpuProcess.Kind.COMPUTE, Reading.of(1L << 30), OptionalInt.of(3), OptionalInt.of(computeInstance)));
        return prove(
                SharingMode.mig(new MigLayout.Balanced()),
                new TenantSeat(
                        SomeModes.wholeGpu("MIG-1"),
                        Optional.of(new InstanceIds(3, 1)),
                        Optional.empty(),
                        MpsSettings.NONE,
                        OptionalInt.of(16)));
    }

    @Test
    void ofAProgramThatTellsNothingTheDriverTellsTheMigDevice() {
        ModeProof proof = ofAProgramOnInstance(1);

        assertThat(proof.proven()).as(proof.evidence().toString()).isTrue();
        assertThat(proof.evidence())
                .contains(
                        "1 of 1 tenants ran on the MIG device that they were given, by the driver's list of processes");
    }

    @Test
    void aProgramOnAnotherMigDeviceSpoilsTheProof() {
        assertThat(ofAProgramOnInstance(0).evidence())
                .contains("the driver listed tenant 0 on another MIG device than it was given");
    }

    @Test
    void everyTenantOfADividedGpuHasToTellItsDevice() {
        tenant(true, Optional.of(GPU), OptionalInt.of(16));
        tenant(true, Optional.empty(), OptionalInt.empty());

        ModeProof proof = prove(
                SharingMode.mig(new MigLayout.Balanced()),
                new TenantSeat(
                        SomeModes.wholeGpu(GPU),
                        Optional.empty(),
                        Optional.empty(),
                        MpsSettings.NONE,
                        OptionalInt.of(16)));

        assertThat(proof.proven()).isFalse();
        assertThat(proof.evidence()).singleElement().asString().contains("tenant 1 did not tell which device it saw");
    }
}
