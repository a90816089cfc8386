package io.gpushare.mode.transaction;

import static io.gpushare.mode.transaction.FakeControl.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.DriverPause;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.mode.transaction.JournalEntry.Lifetime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModeTransactionTest {
    private static final MpsDaemon DAEMON = new MpsDaemon(
            Path.of("/tmp/gpushare-mps-1"), new MpsDaemon.Device.WholeGpu(), OptionalInt.empty(), MpsSettings.NONE);

    private final FakeControl control = new FakeControl();

    @TempDir
    private Path state;

    @Test
    void putsBackInReverseWhatWasBefore() throws InterruptedException {
        GpuSetup before = divided();
        control.has(before);
        transaction().apply(mps(), Lifetime.TEMPORARY, DriverPause.NONE);
        assertThat(control.setup()).isEqualTo(mps().with(List.of()));
        assertThat(control.running()).containsExactly(DAEMON);

        transaction().restore(DriverPause.NONE);
        assertThat(control.setup()).isEqualTo(before);
        assertThat(control.running()).isEmpty();
        assertThat(journals().entries()).isEmpty();
        assertThat(kinds())
                .containsExactly(
                        "RemoveInstances",
                        "SwitchMig",
                        "SetComputeMode",
                        "StartDaemon",
                        "StopDaemon",
                        "SetComputeMode",
                        "SwitchMig",
                        "CreateInstances");
    }

    @Test
    void touchesNothingThatIsRightAlready() throws InterruptedException {
        control.has(divided());
        transaction().apply(divided(), Lifetime.TEMPORARY, DriverPause.NONE);
        transaction().restore(DriverPause.NONE);
        assertThat(control.performed).isEmpty();
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void isOnDiskBeforeTheFirstChange() throws InterruptedException {
        control.beforeEachChange(() -> assertThat(journals().entries())
                .extracting(entry -> entry.before().quantum())
                .containsExactly(plain().quantum()));
        transaction().apply(plain().with(Quantum.LONG), Lifetime.TEMPORARY, DriverPause.NONE);
    }

    @Test
    void changesNothingThatCannotBeWrittenDown() throws IOException {
        Path file = Files.createFile(state.resolve("a-file"));
        ModeTransaction transaction = new ModeTransaction(control, new FolderJournals(file), "bench");
        assertThatThrownBy(() -> transaction.apply(mps(), Lifetime.TEMPORARY, DriverPause.NONE))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("cannot be written down");
        assertThat(control.performed).isEmpty();
    }

    @Test
    void undoesTheFirstHalfWhenTheSecondIsRefused() {
        control.has(divided());
        control.refuse(Change.StartDaemon.class);
        assertThatThrownBy(() -> transaction().apply(mps(), Lifetime.TEMPORARY, DriverPause.NONE))
                .hasMessageContaining("could not start an MPS daemon");
        assertThat(control.setup()).isEqualTo(divided());
        assertThat(journals().entries()).isEmpty();
    }

    @Test
    void believesNoToolThatSaysNothing() {
        control.ignore(Change.SetQuantum.class);
        assertThatThrownBy(() -> transaction().apply(plain().with(Quantum.LONG), Lifetime.TEMPORARY, DriverPause.NONE))
                .isInstanceOf(ModeNotReachedException.class)
                .hasMessage("could not set the time slice to long on GPU 0 (NVIDIA H200): it is still default");
        assertThat(kinds()).containsExactly("SetQuantum");
        assertThat(journals().entries()).isEmpty();
    }

    @Test
    void keepsTheJournalOfWhatCannotBePutBack() throws InterruptedException {
        transaction().apply(mps(), Lifetime.TEMPORARY, DriverPause.NONE);
        control.ignore(Change.SetComputeMode.class);
        assertThatThrownBy(() -> transaction().restore(DriverPause.NONE)).isInstanceOf(ModeNotReachedException.class);
        assertThat(journals().entries()).hasSize(1);

        control.obey();
        assertThat(transaction().finishInterrupted(DriverPause.NONE))
                .hasValueSatisfying(entry -> assertThat(entry.purpose()).isEqualTo("bench --mode mps"));
        assertThat(control.setup()).isEqualTo(plain());
        assertThat(transaction().finishInterrupted(DriverPause.NONE)).isEmpty();
    }

    /** A run died; before anybody restored, an administrator gave the GPU another use. */
    @Test
    void leavesAloneWhatItDidNotChange() throws InterruptedException {
        transaction().apply(plain().with(List.of(DAEMON)), Lifetime.TEMPORARY, DriverPause.NONE);
        control.has(divided().with(Quantum.LONG));
        transaction().finishInterrupted(DriverPause.NONE);
        assertThat(control.setup()).isEqualTo(divided().with(Quantum.LONG));
        assertThat(control.running()).isEmpty();
        assertThat(kinds()).containsExactly("StartDaemon", "StopDaemon");
    }

    @Test
    void lastingChangesOfSeveralKindsAreAllUndone() throws InterruptedException {
        control.has(plain().with(Quantum.SHORT));
        transaction()
                .apply(
                        plain().with(Quantum.SHORT).with(ComputeMode.EXCLUSIVE_PROCESS),
                        Lifetime.LASTING,
                        DriverPause.NONE);
        transaction().apply(plain().with(Quantum.LONG), Lifetime.LASTING, DriverPause.NONE);
        transaction().apply(divided(), Lifetime.LASTING, DriverPause.NONE);
        transaction().undoLasting(DriverPause.NONE);
        assertThat(control.setup()).isEqualTo(plain().with(Quantum.SHORT));
    }

    @Test
    void cleansUpAfterADaemonThatDied() throws InterruptedException {
        transaction().apply(mps(), Lifetime.TEMPORARY, DriverPause.NONE);
        control.running().clear();
        transaction().restore(DriverPause.NONE);
        assertThat(control.performed).contains(new Change.StopDaemon(DAEMON));
        assertThat(control.setup()).isEqualTo(plain());
    }

    @Test
    void finishesAlsoWhenTheThreadIsInterrupted() throws InterruptedException {
        control.has(divided());
        transaction().apply(mps(), Lifetime.TEMPORARY, DriverPause.NONE);
        List<Boolean> once = new ArrayList<>(List.of(true));
        control.beforeEachChange(() -> {
            if (!once.isEmpty()) {
                once.removeFirst();
                Thread.currentThread().interrupt();
            }
        });
        Thread.currentThread().interrupt();
        transaction().restore(DriverPause.NONE);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(control.setup()).isEqualTo(divided());
    }

    @Test
    void isUndoneWhenInterruptedHalfWay() {
        control.has(divided());
        List<Boolean> once = new ArrayList<>(List.of(true));
        control.beforeEachChange(() -> {
            if (control.performed.size() == 2 && !once.isEmpty()) {
                once.removeFirst();
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(() -> transaction().apply(mps(), Lifetime.TEMPORARY, DriverPause.NONE))
                .isInstanceOf(InterruptedException.class);
        Thread.interrupted();
        assertThat(control.setup()).isEqualTo(divided());
        assertThat(journals().entries()).isEmpty();
    }

    @Test
    void lastingChangesReturnToWhatWasBeforeTheFirst() throws InterruptedException {
        control.has(plain().with(Quantum.SHORT));
        transaction().apply(mps(), Lifetime.LASTING, DriverPause.NONE);
        transaction().apply(divided(), Lifetime.LASTING, DriverPause.NONE);
        assertThat(control.running()).isEmpty();

        // A run between them returns to the last of them.
        transaction().apply(plain(), Lifetime.TEMPORARY, DriverPause.NONE);
        transaction().restore(DriverPause.NONE);
        assertThat(control.setup()).isEqualTo(divided());

        assertThat(transaction().undoLasting(DriverPause.NONE)).isPresent();
        assertThat(control.setup()).isEqualTo(plain().with(Quantum.SHORT));
        assertThat(journals().entries()).isEmpty();
    }

    @Test
    void startsALastingDaemonAgainThatARunHadToEnd() throws InterruptedException {
        transaction().apply(mps(), Lifetime.LASTING, DriverPause.NONE);
        transaction().apply(divided(), Lifetime.TEMPORARY, DriverPause.NONE);
        assertThat(control.running()).isEmpty();
        transaction().restore(DriverPause.NONE);
        assertThat(control.running()).containsExactly(DAEMON);
    }

    @Test
    void takesTheDriversOwnPlacesForInstances() throws InterruptedException {
        control.chooseOwnPlaces();
        GpuSetup wanted = plain().with(new MigSetup.On(false, List.of(instance("1g.18gb", 0, 1))));
        GpuSetup reached = transaction().apply(wanted, Lifetime.TEMPORARY, DriverPause.NONE);
        assertThat(reached.mig().instances()).containsExactly(instance("1g.18gb", 1, 1));
        assertThat(kinds()).containsExactly("SwitchMig", "CreateInstances");
    }

    @Test
    void readersLetGoOnlyWhileMigIsSwitched() throws InterruptedException {
        List<List<String>> during = new ArrayList<>();
        DriverPause readers = change -> {
            int before = control.performed.size();
            change.run();
            during.add(kinds().subList(before, control.performed.size()));
        };
        transaction().apply(divided(), Lifetime.TEMPORARY, readers);
        transaction().restore(readers);
        assertThat(during).containsExactly(List.of("SwitchMig"), List.of("SwitchMig"));
    }

    @Test
    void aJournalThatCannotBeReadStopsEverything() throws IOException {
        Files.writeString(state.resolve(control.gpu().uuid() + ".temporary.mode.json"), "{\"schema_version\": 1");
        assertThatThrownBy(() -> transaction().apply(mps(), Lifetime.TEMPORARY, DriverPause.NONE))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        failure -> assertThat(failure.status()).isEqualTo(ExitStatus.UNABLE))
                .hasMessageContaining("cannot be read");
        assertThat(control.performed).isEmpty();
    }

    /** A new one each time, as another process would have. */
    private ModeTransaction transaction() {
        return new ModeTransaction(control, journals(), "bench --mode mps");
    }

    private ModeJournals journals() {
        return new FolderJournals(state);
    }

    private List<String> kinds() {
        return control.performed.stream()
                .map(change -> change.getClass().getSimpleName())
                .toList();
    }

    private static GpuSetup plain() {
        return new FakeControl().setup();
    }

    private static GpuSetup divided() {
        return plain().with(new MigSetup.On(false, List.of(instance("3g.71gb", 4, 4), instance("1g.18gb", 0, 1))));
    }

    private static GpuSetup mps() {
        return plain().with(ComputeMode.EXCLUSIVE_PROCESS).with(List.of(DAEMON));
    }
}
