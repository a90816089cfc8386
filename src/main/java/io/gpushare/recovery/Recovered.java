package io.gpushare.recovery;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.transaction.JournalEntry;
import java.util.List;

/** What became of a change that somebody was interrupted in. */
public sealed interface Recovered {
    JournalEntry entry();

    /** @param changes none where all was as before already, as after a reboot */
    record PutBack(JournalEntry entry, List<Change> changes) implements Recovered {}

    /** In a dry run. */
    record Planned(JournalEntry entry, List<String> commands) implements Recovered {}

    /** @param why somebody may still be at it */
    record Left(JournalEntry entry, String why) implements Recovered {}

    /** @param command that may */
    record NotPermitted(JournalEntry entry, String command) implements Recovered {}

    /** The GPU is not on this machine any more. */
    record GpuMissing(JournalEntry entry) implements Recovered {}

    record Failed(JournalEntry entry, GpushareException failure) implements Recovered {}
}
