package io.gpushare.mode.transaction;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.DriverPause;
import io.gpushare.mode.ModeRequest;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.Changes;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.mode.transaction.JournalEntry.Lifetime;
import io.gpushare.process.RunOwner;
import io.gpushare.time.Interrupts;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes one GPU so that it can be put back: what was before is on disk before anything changes, and what fails half
 * way is undone. Whoever calls it holds the {@link GpuLock}, but for looking only.
 */
public final class ModeTransaction {
    /** Whatever a killed gpushare had started: creating MIG instances is the slowest. */
    private static final Duration UNFINISHED = Duration.ofSeconds(60);

    private final GpuControl control;
    private final ModeJournals journals;
    private final String purpose;

    /** @param purpose as a command line, for whoever finds the journal */
    public ModeTransaction(GpuControl control, ModeJournals journals, String purpose) {
        this.control = control;
        this.journals = journals;
        this.purpose = purpose;
    }

    /** How it is now, with the daemons that we know of. */
    public GpuSetup now() throws InterruptedException {
        return control.read(knownDaemons());
    }

    /**
     * What a request asks of this GPU for good. MPS settings become defaults of the daemon: programs that come later
     * bring none of their own.
     *
     * @throws GpushareException when this GPU cannot have it
     */
    public ModeTarget target(ModeRequest request, DaemonFolders folders) throws InterruptedException {
        MpsSettings defaults = request.mode().mpsSettings().orElse(MpsSettings.NONE);
        return ModeTarget.of(request, control, now(), new ModeTarget.Terms(folders, defaults, true));
    }

    /** What it would change; none where all is right already. */
    public List<Change> missing(ModeTarget target) throws InterruptedException {
        return Changes.between(now(), target.setup());
    }

    List<MpsDaemon> knownDaemons() {
        Set<MpsDaemon> daemons = new LinkedHashSet<>();
        for (Lifetime lifetime : Lifetime.values()) {
            entry(lifetime).ifPresent(entry -> daemons.addAll(entry.knownDaemons()));
        }
        return List.copyOf(daemons);
    }

    private Optional<JournalEntry> entry(Lifetime lifetime) {
        return journals.find(control.gpu().uuid(), lifetime);
    }

    /**
     * Changes nothing, and writes no journal, where all is right already.
     *
     * @return how it is then
     * @throws GpushareException when it cannot be reached; all is as before then, or the sentence says what is not
     */
    public GpuSetup apply(GpuSetup wanted, Lifetime lifetime, DriverPause readers) throws InterruptedException {
        Set<MpsDaemon> daemons = new LinkedHashSet<>(knownDaemons());
        daemons.addAll(wanted.daemons());
        List<MpsDaemon> known = List.copyOf(daemons);
        GpuSetup before = control.read(known);
        List<Change> changes = Changes.between(before, wanted);
        if (changes.isEmpty()) {
            return before;
        }
        JournalEntry entry = new JournalEntry(
                control.gpu().uuid(),
                JournalEntry.name(control.gpu()),
                Lifetime.TEMPORARY,
                RunOwner.current(),
                Time.real().instant(),
                purpose,
                Touched.part(before, changes),
                wanted.daemons());
        journals.write(entry);
        try {
            GpuSetup reached = reach(wanted, known, readers);
            if (lifetime == Lifetime.LASTING) {
                journals.write(entry.lastingAfter(entry(Lifetime.LASTING)));
                journals.remove(entry);
            }
            return reached;
        } catch (GpushareException failure) {
            throw undone(entry, readers, failure);
        } catch (InterruptedException interrupted) {
            undo(entry, readers);
            throw interrupted;
        }
    }

    private GpushareException undone(JournalEntry entry, DriverPause readers, GpushareException failure) {
        try {
            undo(entry, readers);
            return failure;
        } catch (GpushareException stays) {
            return new GpushareException(
                    failure.status(),
                    failure.sentence() + ". What had been changed until then could not be put back: "
                            + stays.sentence(),
                    "Mend that, then: gpushare restore",
                    failure);
        }
    }

    /**
     * Puts back what a temporary change of ours has changed; nothing to do where there is none. Finishes also when the
     * thread is interrupted.
     */
    public void restore(DriverPause readers) {
        entry(Lifetime.TEMPORARY).ifPresent(entry -> undo(entry, readers));
    }

    /**
     * Puts back what somebody had changed for a while who died over it.
     *
     * @return whose change it was; empty where there was none
     */
    public Optional<JournalEntry> finishInterrupted(DriverPause readers) throws InterruptedException {
        Optional<JournalEntry> found = entry(Lifetime.TEMPORARY);
        if (found.isPresent()) {
            control.awaitUnfinishedChanges(UNFINISHED);
            undo(found.get(), readers);
        }
        return found;
    }

    /** Puts back what was before lasting changes. Empty where there were none. */
    public Optional<JournalEntry> undoLasting(DriverPause readers) {
        Optional<JournalEntry> found = entry(Lifetime.LASTING);
        found.ifPresent(entry -> undo(entry, readers));
        return found;
    }

    private void undo(JournalEntry entry, DriverPause readers) {
        Interrupts.keptUntilDone(() -> putBack(entry, readers));
    }

    private void putBack(JournalEntry entry, DriverPause readers) throws InterruptedException {
        List<MpsDaemon> ours = entry.daemons().stream()
                .filter(daemon -> !entry.before().daemons().contains(daemon))
                .toList();
        for (MpsDaemon daemon : ours) {
            // Also one that does not answer: its folder, or a server without its daemon, may be left.
            control.perform(new Change.StopDaemon(daemon));
        }
        reach(entry.before(), entry.knownDaemons(), readers);
        journals.remove(entry);
    }

    /**
     * Makes changes one at a time, and reads back after each: the tools' own words prove nothing.
     *
     * @param daemons of ours that may run
     * @return how it is then: as wanted, but for the places of MIG instances where the driver had its own mind
     */
    private GpuSetup reach(GpuSetup wanted, List<MpsDaemon> daemons, DriverPause readers) throws InterruptedException {
        GpuSetup goal = wanted;
        Set<Change> made = new HashSet<>();
        while (true) {
            GpuSetup now = control.read(daemons);
            goal = settled(goal, now, made);
            List<Change> missing = Changes.between(now, goal);
            if (missing.isEmpty()) {
                return now;
            }
            Change next = missing.getFirst();
            if (!made.add(next)) {
                throw new ModeNotReachedException(
                        JournalEntry.name(control.gpu()), control.gpu().index(), next, now);
            }
            if (next instanceof Change.SwitchMig) {
                readers.during(() -> control.perform(next));
            } else {
                control.perform(next);
            }
        }
    }

    /**
     * Instances of the wanted sizes at other places are as good: where they could not be asked for, the driver chose.
     */
    private static GpuSetup settled(GpuSetup goal, GpuSetup now, Set<Change> made) {
        boolean created = made.stream().anyMatch(Change.CreateInstances.class::isInstance);
        boolean alike = kinds(goal.mig().instances()).equals(kinds(now.mig().instances()));
        return created && alike && goal.mig() instanceof MigSetup.On(boolean pending, List<GpuInstance> _)
                ? goal.with(new MigSetup.On(pending, now.mig().instances()))
                : goal;
    }

    private static List<String> kinds(List<GpuInstance> instances) {
        List<String> kinds = new ArrayList<>();
        for (GpuInstance instance : instances) {
            kinds.add(instance.profile() + " "
                    + instance.computeInstances().stream()
                            .map(part -> part.slices())
                            .sorted()
                            .toList());
        }
        kinds.sort(null);
        return kinds;
    }
}
