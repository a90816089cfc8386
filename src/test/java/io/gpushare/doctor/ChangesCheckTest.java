package io.gpushare.doctor;

import static io.gpushare.doctor.ReportReading.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.doctor.Finding.State;
import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.FakeGpu;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.mode.transaction.DaemonFolders;
import io.gpushare.mode.transaction.FakeControl;
import io.gpushare.mode.transaction.FolderJournals;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.mode.transaction.JournalEntry.Lifetime;
import io.gpushare.mode.transaction.StateFolders;
import io.gpushare.process.RunOwner;
import io.gpushare.recovery.ManagedGpus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChangesCheckTest {
    private static final RunOwner US = RunOwner.current();
    private static final RunOwner DEAD = new RunOwner(US.pid(), "1", US.boot(), US.pidNamespace());

    private final FakeControl control = new FakeControl();

    @TempDir
    Path root;

    private void journal(String folder, Lifetime lifetime, RunOwner owner, GpuSetup before, MpsDaemon... daemons) {
        new FolderJournals(root.resolve(folder))
                .write(new JournalEntry(
                        control.gpu().uuid(),
                        "GPU 0 (NVIDIA H200)",
                        lifetime,
                        owner,
                        Instant.EPOCH,
                        "gpushare bench",
                        before,
                        List.of(daemons)));
    }

    private DoctorReport examine() throws Exception {
        return machine().examine();
    }

    private FakeMachine machine() throws Exception {
        return FakeMachine.complete(root, ScriptedGpu.h200(0)).cards(this::cards);
    }

    private ManagedGpus cards() {
        return new ManagedGpus(
                List.of(new ManagedGpus.Card(new FakeGpu(control.gpu()), control)),
                DriverPause.NONE,
                new StateFolders(root.resolve("state"), List.of(), root),
                DaemonFolders.in(root),
                false,
                () -> {});
    }

    @Test
    void opensNothingWhereNothingWasInterrupted() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0)).examine();
        assertThat(finding(report, "interrupted-changes").state()).isEqualTo(State.OK);
    }

    @Test
    void putsBackWhatAKilledRunHadChanged() throws Exception {
        GpuSetup before = control.setup();
        control.has(before.with(Quantum.LONG));
        journal("state", Lifetime.TEMPORARY, DEAD, before);
        Finding finding = finding(examine(), "interrupted-changes");
        assertThat(finding.state()).isEqualTo(State.NOTE);
        assertThat(finding.found()).isEqualTo("is again as it was before `gpushare bench` was interrupted");
        assertThat(control.performed).containsExactly(new Change.SetQuantum(Quantum.DEFAULT));
        assertThat(finding(examine(), "interrupted-changes").state()).isEqualTo(State.OK);
    }

    @Test
    void leavesARunAloneThatGoesOn() throws Exception {
        journal("state", Lifetime.TEMPORARY, US, control.setup().with(Quantum.LONG));
        assertThat(finding(examine(), "interrupted-changes").found())
                .endsWith("its gpushare (pid " + US.pid() + ") runs");
        assertThat(control.performed).isEmpty();
    }

    @Test
    void leavesToRootWhatRootHadChanged() throws Exception {
        journal("state-of-root", Lifetime.TEMPORARY, DEAD, control.setup().with(Quantum.LONG));
        Finding finding = finding(examine(), "interrupted-changes");
        assertThat(finding.state()).isEqualTo(State.BROKEN);
        assertThat(finding.mend()).contains("sudo gpushare restore");
        assertThat(control.performed).isEmpty();
    }

    @Test
    void tellsWhyAGpuCouldNotBePutBack() throws Exception {
        control.has(control.setup().with(Quantum.LONG));
        control.refuse(Change.SetQuantum.class);
        journal("state", Lifetime.TEMPORARY, DEAD, control.setup().with(Quantum.DEFAULT));
        Finding finding = finding(examine(), "interrupted-changes");
        assertThat(finding.state()).isEqualTo(State.BROKEN);
        assertThat(finding.found()).contains("could not set the time slice to default");
    }

    @Test
    void takesNoOffenceAtADaemonThatGpushareWasToldToStart() throws Exception {
        Path folder = root.resolve("gpushare-mps-1");
        journal(
                "state",
                Lifetime.LASTING,
                DEAD,
                control.setup(),
                new MpsDaemon(folder, new MpsDaemon.Device.WholeGpu(), OptionalInt.empty(), MpsSettings.NONE));
        DoctorReport report = machine()
                .file("gpushare-mps-1/pipe/control", "")
                .variable("CUDA_MPS_PIPE_DIRECTORY", folder.resolve("pipe").toString())
                .program("nvidia-cuda-mps-control", "exit 0")
                .examine();
        assertThat(finding(report, "mps-daemon").state()).isEqualTo(State.OK);
        assertThat(finding(report, "lasting-changes").state()).isEqualTo(State.NOTE);
        assertThat(finding(report, "lasting-changes").mend())
                .contains("To undo that: gpushare mode restore --gpu "
                        + control.gpu().uuid());
    }
}
