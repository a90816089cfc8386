package io.gpushare;

import io.gpushare.cli.HeldModes;
import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.mode.nvidia.NvidiaControl;
import io.gpushare.mode.transaction.ConfiguredModes;
import io.gpushare.mode.transaction.DaemonFolders;
import io.gpushare.mode.transaction.GpuLock;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.mode.transaction.JournalEntry.Lifetime;
import io.gpushare.mode.transaction.ModeJournals;
import io.gpushare.mode.transaction.ModeTransaction;
import io.gpushare.mode.transaction.StateFolders;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import io.gpushare.process.CommandRunner;
import io.gpushare.process.CurrentUser;
import io.gpushare.runtime.DeadRuns;
import io.gpushare.runtime.LeftoverSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes a GPU for a run: alone, and as it was before somebody died over it. */
record GpuHold(
        StateFolders folders, DaemonFolders daemonFolders, CommandRunner runner, List<LeftoverSource> leftovers) {

    HeldModes take(Gpu gpu, DriverPause driver, String purpose, Consumer<String> note) throws InterruptedException {
        GpuIdentity identity = gpu.identity();
        GpuLock lock = GpuLock.take(folders.locks(), identity, purpose);
        boolean held = false;
        try {
            requireNothingOfRoot(identity);
            NvidiaControl control = new NvidiaControl(gpu, runner);
            ModeJournals journals = folders.journals();
            finishInterrupted(identity, new ModeTransaction(control, journals, purpose), journals, driver, note);
            held = true;
            return new HeldModes(
                    new ConfiguredModes(control, journals, daemonFolders, purpose, CurrentUser.isRoot()), lock::close);
        } finally {
            if (!held) {
                lock.close();
            }
        }
    }

    private void finishInterrupted(
            GpuIdentity gpu,
            ModeTransaction transaction,
            ModeJournals journals,
            DriverPause driver,
            Consumer<String> note)
            throws InterruptedException {
        Optional<JournalEntry> found = journals.find(gpu.uuid(), Lifetime.TEMPORARY);
        if (found.isEmpty()) {
            return;
        }
        requireNobodyAtWork(found.get());
        // Tenants of the dead run may still hold what is to be taken away.
        DeadRuns.removeLeftovers(leftovers);
        transaction
                .finishInterrupted(change -> driver.during(change::make))
                .ifPresent(entry -> note.accept(
                        entry.gpuName() + " was put back as it was before `" + entry.purpose() + "`, which had died."));
    }

    /** The lock alone does not tell: in another container, with the same journals, there may be another folder of locks. */
    private static void requireNobodyAtWork(JournalEntry entry) {
        String changed = entry.gpuName() + " is changed by `" + entry.purpose() + "` (pid "
                + entry.owner().pid() + ")";
        switch (entry.owner().state()) {
            case GONE -> {}
            case RUNNING ->
                throw new GpushareException(
                        ExitStatus.UNABLE, changed + ", which runs", "Wait until it has ended, or choose another GPU.");
            case UNKNOWN ->
                throw new GpushareException(
                        ExitStatus.UNABLE,
                        changed + ", and whether that runs cannot be seen from here",
                        "Wait until it has ended. Where it has died: gpushare restore --all");
        }
    }

    private void requireNothingOfRoot(GpuIdentity gpu) {
        for (JournalEntry entry : folders.allEntries()) {
            boolean ofOthers = folders.journals().entries().stream().noneMatch(entry::equals);
            if (ofOthers && entry.gpuUuid().equals(gpu.uuid()) && entry.lifetime() == Lifetime.TEMPORARY) {
                throw new GpushareException(
                        ExitStatus.UNABLE,
                        entry.gpuName() + " is not as it was before `" + entry.purpose()
                                + "`, which root had started and which died",
                        "sudo gpushare restore");
            }
        }
    }
}
