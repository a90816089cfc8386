package io.gpushare.recovery;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.transaction.GpuLock;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.mode.transaction.JournalEntry.Lifetime;
import io.gpushare.mode.transaction.ModeTransaction;
import io.gpushare.mode.transaction.StateFolders;
import io.gpushare.process.RunOwner;
import io.gpushare.recovery.ManagedGpus.Card;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.LeftoverSource;
import io.gpushare.text.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finishes what gpushare processes that died had begun to change for a while. */
public final class Recovery {
    private static final String COMMAND = "gpushare restore";

    private final StateFolders state;
    private final Supplier<ManagedGpus> cards;
    private final List<LeftoverSource> leftovers;
    private final boolean root;

    /**
     * @param cards opened only where something is to be put back
     * @param leftovers where tenants of runs that died may still be
     * @param root whether this user may change how a GPU is set up
     */
    public Recovery(StateFolders state, Supplier<ManagedGpus> cards, List<LeftoverSource> leftovers, boolean root) {
        this.state = state;
        this.cards = cards;
        this.leftovers = List.copyOf(leftovers);
        this.root = root;
    }

    /**
     * @param dryRun change nothing, and say what would be done
     * @param unknownToo also what belongs to a gpushare of which nothing can be said from here, as in another container
     */
    public record Extent(boolean dryRun, boolean unknownToo) {
        public static final Extent USUAL = new Extent(false, false);
    }

    /**
     * @param removed what still ran of processes that died, and was ended
     * @param problems sentences about what could not be ended or not be looked at
     */
    public record Report(List<Leftover> removed, List<String> problems, List<Recovered> entries) {
        public Report {
            removed = List.copyOf(removed);
            problems = List.copyOf(problems);
            entries = List.copyOf(entries);
        }
    }

    /**
     * Entries of changes that were not finished, of this user and of others; also those that somebody works under now.
     */
    public List<JournalEntry> interrupted() {
        return entries(Lifetime.TEMPORARY);
    }

    /** Entries of changes that are meant to stay. */
    public List<JournalEntry> lasting() {
        return entries(Lifetime.LASTING);
    }

    private List<JournalEntry> entries(Lifetime lifetime) {
        return state.allEntries().stream()
                .filter(entry -> entry.lifetime() == lifetime)
                .toList();
    }

    public boolean isOurs(JournalEntry entry) {
        return state.journals().entries().contains(entry);
    }

    /** All that can be finished, each under the lock of its GPU. */
    public Report finish(Extent extent) throws InterruptedException {
        List<Recovered> done = new ArrayList<>();
        List<JournalEntry> ready = new ArrayList<>();
        for (JournalEntry entry : interrupted()) {
            obstacle(entry, extent).ifPresentOrElse(done::add, () -> ready.add(entry));
        }
        if (ready.isEmpty()) {
            return new Report(List.of(), List.of(), done);
        }
        Report ended = endKilledRuns(extent.dryRun());
        try (ManagedGpus opened = cards.get()) {
            for (JournalEntry entry : ready) {
                done.add(finish(entry, opened, extent));
            }
        } catch (GpushareException noDriver) {
            ready.forEach(entry -> done.add(new Recovered.Failed(entry, noDriver)));
        }
        return new Report(ended.removed(), ended.problems(), done);
    }

    /** For somebody who holds the lock of this card, and is about to change it. */
    public Report finishHeld(Card card, ManagedGpus opened) throws InterruptedException {
        List<JournalEntry> here = interrupted().stream()
                .filter(entry -> entry.gpuUuid().equals(card.gpu().identity().uuid()))
                .toList();
        List<Recovered> done = new ArrayList<>();
        Report ended = new Report(List.of(), List.of(), List.of());
        for (JournalEntry entry : here) {
            Optional<Recovered> obstacle = obstacle(entry, Extent.USUAL);
            if (obstacle.isPresent()) {
                done.add(obstacle.get());
            } else {
                ended = endKilledRuns(false);
                done.add(putBack(entry, card, opened));
            }
        }
        return new Report(ended.removed(), ended.problems(), done);
    }

    private Optional<Recovered> obstacle(JournalEntry entry, Extent extent) {
        return switch (entry.owner().state()) {
            case RUNNING -> left(entry, "its gpushare (pid " + entry.owner().pid() + ") runs");
            case UNKNOWN ->
                extent.unknownToo()
                        ? ofOthers(entry)
                        : left(entry, "whether its gpushare runs cannot be seen from here; --all restores it too");
            case GONE -> ofOthers(entry);
        };
    }

    private static Optional<Recovered> left(JournalEntry entry, String why) {
        return Optional.of(new Recovered.Left(entry, why));
    }

    private Optional<Recovered> ofOthers(JournalEntry entry) {
        return isOurs(entry) ? Optional.empty() : Optional.of(new Recovered.NotPermitted(entry, "sudo " + COMMAND));
    }

    private Recovered finish(JournalEntry entry, ManagedGpus opened, Extent extent) throws InterruptedException {
        Optional<Card> card = opened.find(entry.gpuUuid());
        if (card.isEmpty()) {
            return new Recovered.GpuMissing(entry);
        }
        if (extent.dryRun()) {
            return planned(entry, card.get());
        }
        try (GpuLock _ = GpuLock.take(state.locks(), card.get().gpu().identity(), COMMAND)) {
            return putBack(entry, card.get(), opened);
        } catch (GpushareException failure) {
            // Whoever has the lock is at work there, and finishes the restoration before anything else.
            return failure.getCause() == null
                    ? new Recovered.Left(entry, failure.sentence())
                    : new Recovered.Failed(entry, failure);
        }
    }

    private static Recovered planned(JournalEntry entry, Card card) throws InterruptedException {
        try {
            GpuControl control = card.control();
            List<Change> changes = entry.undoing(entry.now(control));
            return new Recovered.Planned(entry, control.commands(changes));
        } catch (GpushareException unreadable) {
            return new Recovered.Failed(entry, unreadable);
        }
    }

    private Recovered putBack(JournalEntry entry, Card card, ManagedGpus opened) throws InterruptedException {
        try {
            List<Change> changes = entry.undoing(entry.now(card.control()));
            if (!root && !opened.simulated() && changes.stream().anyMatch(Change::needsRoot)) {
                return new Recovered.NotPermitted(
                        entry, "sudo " + StateFolders.VARIABLE + "=" + Shell.quoted(state.own()) + " " + COMMAND);
            }
            new ModeTransaction(card.control(), state.journals(), COMMAND).finishInterrupted(opened.readers());
            return new Recovered.PutBack(entry, changes);
        } catch (GpushareException failure) {
            return new Recovered.Failed(entry, failure);
        }
    }

    /** Ends what still runs of gpushare processes that died: tenants hold MIG devices and MPS servers. */
    private Report endKilledRuns(boolean dryRun) throws InterruptedException {
        List<Leftover> removed = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (LeftoverSource source : leftovers) {
            try {
                for (Leftover leftover : source.find()) {
                    if (leftover.ownerState() == RunOwner.State.GONE) {
                        end(source, leftover, dryRun, removed, problems);
                    }
                }
            } catch (GpushareException unreachable) {
                problems.add(source.what() + " were not looked at: " + unreachable.sentence());
            }
        }
        return new Report(removed, problems, List.of());
    }

    private static void end(
            LeftoverSource source, Leftover leftover, boolean dryRun, List<Leftover> removed, List<String> problems)
            throws InterruptedException {
        try {
            if (!dryRun) {
                source.remove(leftover);
            }
            removed.add(leftover);
        } catch (GpushareException stays) {
            problems.add("could not remove " + leftover.kind() + " " + leftover.name() + ": " + stays.sentence());
        }
    }
}
