package io.gpushare.cli.mode;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.transaction.GpuLock;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.mode.transaction.JournalEntry.Lifetime;
import io.gpushare.mode.transaction.ModeTransaction;
import io.gpushare.recovery.ManagedGpus;
import io.gpushare.recovery.Recovered;
import io.gpushare.recovery.Recovery;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine;

/** One GPU, and what is needed to set it up. Closing it closes what it stands on. */
public record ModePlace(ModeParts parts, ManagedGpus cards, ManagedGpus.Card card) implements AutoCloseable {

    GpuIdentity identity() {
        return card.gpu().identity();
    }

    GpuControl control() {
        return card.control();
    }

    /** The GPU in words, as in {@code GPU 0 (NVIDIA H200)}. */
    String name() {
        return "GPU " + identity().index() + " (" + identity().name() + ")";
    }

    ModeTransaction transaction(String purpose) {
        return new ModeTransaction(control(), cards.state().journals(), purpose);
    }

    public GpuLock lock(String purpose) {
        return GpuLock.take(cards.state().locks(), identity(), purpose);
    }

    /** The journals of this GPU, including those of other users. */
    List<JournalEntry> entries() {
        return cards.state().allEntries().stream()
                .filter(entry -> entry.gpuUuid().equals(identity().uuid()))
                .toList();
    }

    Optional<JournalEntry> own(Lifetime lifetime) {
        return cards.state().journals().find(identity().uuid(), lifetime);
    }

    /**
     * What brings back what was before a change, as somebody types it who may.
     *
     * @param gpuOption by which commands know this GPU, with a blank before it; empty where they need none
     */
    String undo(JournalEntry entry, String gpuOption) {
        String command = switch (entry.lifetime()) {
            case LASTING -> "gpushare mode restore" + gpuOption;
            case TEMPORARY -> "gpushare restore";
        };
        if (cards.simulated()) {
            return command;
        }
        boolean own = own(entry.lifetime()).filter(entry::equals).isPresent();
        return own ? parts.needsRoot().again(command) : parts.needsRoot().sudo(command);
    }

    /** @throws GpushareException (status UNABLE) with the line to type */
    void requirePermission(List<Change> changes, CommandLine command) {
        if (!cards.simulated()) {
            parts.needsRoot().require(changes, command);
        }
    }

    /**
     * Finishes what somebody was interrupted in. The lock is held.
     *
     * @param note told what was put back
     * @return whether there was something
     */
    public boolean finishInterrupted(Consumer<String> note) throws InterruptedException {
        Recovery.Report report = parts.recovery(cards).finishHeld(card, cards);
        report.problems().forEach(note);
        report.removed()
                .forEach(gone -> note.accept("removed " + gone.kind() + " " + gone.name() + " of a run that died"));
        for (Recovered recovered : report.entries()) {
            note.accept(done(recovered));
        }
        return !report.entries().isEmpty();
    }

    private static String done(Recovered recovered) {
        String sentence = RestoreWords.sentence(recovered);
        return switch (recovered) {
            case Recovered.PutBack _, Recovered.Planned _ -> sentence;
            case Recovered.Left _ ->
                throw GpushareException.unable(
                        sentence, "Wait for its end. `gpushare restore` finishes what it leaves.");
            case Recovered.NotPermitted(JournalEntry _, String command) ->
                throw GpushareException.unable(sentence, "First:\n  " + command);
            case Recovered.GpuMissing _ -> throw GpushareException.failed(sentence, null);
            case Recovered.Failed(JournalEntry _, GpushareException failure) ->
                throw new GpushareException(
                        failure.status(), sentence, failure.advice().orElse(null), failure);
        };
    }

    @Override
    public void close() {
        cards.close();
    }
}
