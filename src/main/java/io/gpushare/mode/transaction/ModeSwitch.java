package io.gpushare.mode.transaction;

import io.gpushare.gpu.DriverPause;
import io.gpushare.mode.ModeRequest;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.Changes;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.transaction.JournalEntry.Lifetime;
import java.util.List;
import java.util.Optional;

/** Brings a GPU into a mode for good, and back. Whoever calls it holds the {@link GpuLock}, but for looking only. */
public final class ModeSwitch {
    private final GpuControl control;
    private final DaemonFolders folders;
    private final ModeTransaction transaction;

    /** @param purpose as a command line, for whoever finds the journal */
    public ModeSwitch(GpuControl control, ModeJournals journals, DaemonFolders folders, String purpose) {
        this.control = control;
        this.folders = folders;
        this.transaction = new ModeTransaction(control, journals, purpose);
    }

    public GpuSetup now() throws InterruptedException {
        return transaction.now();
    }

    /**
     * MPS settings become defaults of the daemon: programs that come later bring none of their own.
     *
     * @throws io.gpushare.failure.GpushareException when this GPU cannot have it
     */
    public ModeTarget target(ModeRequest request) throws InterruptedException {
        MpsSettings defaults = request.mode().mpsSettings().orElse(MpsSettings.NONE);
        return ModeTarget.of(request, control, now(), new ModeTarget.Terms(folders, defaults, true));
    }

    /** What {@link #apply} would change; none where all is right already. */
    public List<Change> missing(ModeTarget target) throws InterruptedException {
        return Changes.between(now(), target.setup());
    }

    public GpuSetup apply(ModeTarget target, DriverPause readers) throws InterruptedException {
        return transaction.apply(target.setup(), Lifetime.LASTING, readers);
    }

    /** Puts back what a gpushare that died had changed for a while. Empty where there was nothing. */
    public Optional<JournalEntry> finishInterrupted(DriverPause readers) throws InterruptedException {
        return transaction.finishInterrupted(readers);
    }

    /** Puts back what was before lasting changes. Empty where there were none. */
    public Optional<JournalEntry> undoLasting(DriverPause readers) {
        return transaction.undoLasting(readers);
    }
}
