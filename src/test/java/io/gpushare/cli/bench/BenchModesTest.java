package io.gpushare.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gpushare.cli.mode.HeldModes;
import io.gpushare.cli.mode.ModeParts;
import io.gpushare.cli.option.NeedsRoot;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.FakeGpuDriver;
import io.gpushare.gpu.Gpu;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.config.ModeSource;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.mode.transaction.DaemonFolders;
import io.gpushare.mode.transaction.FakeControl;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.mode.transaction.StateFolders;
import io.gpushare.process.RunOwner;
import io.gpushare.reading.Reading;
import io.gpushare.sim.Simulation;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchModesTest {
    @TempDir
    Path folder;

    private final Simulation simulation = Simulation.of("h200", 1, Time.real());
    private final Gpu gpu = simulation.driver().gpus().getFirst();
    private final List<String> notes = new ArrayList<>();
    private StateFolders state;

    @BeforeEach
    void makeFolders() {
        state = new StateFolders(folder.resolve("state"), List.of(), folder.resolve("locks"));
    }

    private HeldModes take() throws InterruptedException {
        ModeParts parts = new ModeParts(
                new ModeSource(List.of()),
                FakeGpuDriver::new,
                shared -> new FakeControl().of(shared.identity()),
                profile -> {
                    throw new AssertionError("simulated");
                },
                state,
                DaemonFolders.in(folder),
                List.of(),
                new NeedsRoot(true, Map.of()));
        return new BenchModes(parts, "gpushare sweep").hold(gpu, DriverPause.NONE, notes::add);
    }

    private void changedBy(RunOwner owner) {
        GpuSetup before = new GpuSetup(
                Reading.of(Quantum.DEFAULT), Reading.of(ComputeMode.DEFAULT), new MigSetup.Off(false), List.of());
        state.journals()
                .write(new JournalEntry(
                        gpu.identity().uuid(),
                        "GPU 0 (NVIDIA H200)",
                        JournalEntry.Lifetime.TEMPORARY,
                        owner,
                        Instant.EPOCH,
                        "gpushare bench --mode mps",
                        before,
                        List.of()));
    }

    @Test
    void othersAreToldWhichCommandHasTheGpu() throws InterruptedException {
        HeldModes held = take();
        try {
            assertThatExceptionOfType(GpushareException.class)
                    .isThrownBy(this::take)
                    .satisfies(refusal -> assertThat(refusal.sentence())
                            .endsWith("is in use by another gpushare (pid "
                                    + ProcessHandle.current().pid() + ": gpushare sweep)"));
        } finally {
            held.release().run();
        }
    }

    @Test
    void undoesNothingOfARunThatGoesOnUnderAnotherFolderOfLocks() {
        changedBy(RunOwner.current());

        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(this::take)
                .satisfies(refusal -> {
                    assertThat(refusal.status()).isEqualTo(ExitStatus.UNABLE);
                    assertThat(refusal.sentence()).contains("`gpushare bench --mode mps`", "runs");
                });
        assertThat(state.journals().entries()).hasSize(1);
        assertThat(notes).isEmpty();
    }

    @Test
    void undoesNothingOfARunOfWhichNothingIsKnown() {
        RunOwner self = RunOwner.current();
        changedBy(new RunOwner(self.pid(), self.startTicks(), self.boot(), "pid:[1]"));

        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(this::take)
                .satisfies(refusal -> assertThat(refusal.sentence()).contains("cannot be seen from here"));
        assertThat(state.journals().entries()).hasSize(1);
    }

    @Test
    void finishesWhatADeadRunHasLeftAndLetsOthersHaveTheGpuAfterwards() throws InterruptedException {
        RunOwner self = RunOwner.current();
        changedBy(new RunOwner(self.pid(), "1", self.boot(), self.pidNamespace()));

        take().release().run();
        take().release().run();

        assertThat(state.journals().entries()).isEmpty();
        assertThat(notes).singleElement().asString().contains("its journal is closed");
    }
}
