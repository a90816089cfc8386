package io.gpushare.mode.transaction;

import io.gpushare.mode.transaction.JournalEntry.Lifetime;
import java.util.List;
import java.util.Optional;

/** Where the state before each change is kept: at most one temporary and one lasting entry a GPU. */
public interface ModeJournals {

    /** Returns when it is safe there. Replaces the entry of the same GPU and lifetime. */
    void write(JournalEntry entry);

    /** Nothing to do where it is gone. */
    void remove(JournalEntry entry);

    List<JournalEntry> entries();

    default Optional<JournalEntry> find(String gpuUuid, Lifetime lifetime) {
        return entries().stream()
                .filter(entry -> entry.gpuUuid().equals(gpuUuid) && entry.lifetime() == lifetime)
                .findFirst();
    }
}
