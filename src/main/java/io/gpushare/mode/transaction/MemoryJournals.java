package io.gpushare.mode.transaction;

import java.util.ArrayList;
import java.util.List;

/** For GPUs that end with their process, as simulated ones. */
public final class MemoryJournals implements ModeJournals {
    private final List<JournalEntry> entries = new ArrayList<>();

    @Override
    public synchronized void write(JournalEntry entry) {
        remove(entry);
        entries.add(entry);
    }

    @Override
    public synchronized void remove(JournalEntry entry) {
        entries.removeIf(other -> other.gpuUuid().equals(entry.gpuUuid()) && other.lifetime() == entry.lifetime());
    }

    @Override
    public synchronized List<JournalEntry> entries() {
        return List.copyOf(entries);
    }
}
