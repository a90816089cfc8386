package io.gpushare.cli.mode;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.recovery.Recovered;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Entries of the journal, in sentences. */
final class RestoreWords {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private RestoreWords() {}

    /** Names who left a change behind, as in {@code `gpushare bench --mode mps` (pid 4711, 2026-11-21 13:05 UTC)}. */
    static String whose(JournalEntry entry) {
        return "`" + entry.purpose() + "` (pid " + entry.owner().pid() + ", " + MINUTES.format(entry.beganAt()) + ")";
    }

    static String sentence(Recovered recovered) {
        JournalEntry entry = recovered.entry();
        String gpu = entry.gpuName();
        return switch (recovered) {
            case Recovered.PutBack(JournalEntry _, var changes) ->
                changes.isEmpty()
                        ? gpu + " was as before " + whose(entry) + " already; its journal is closed"
                        : gpu + " is again as it was before " + whose(entry) + " was interrupted";
            case Recovered.Planned _ -> gpu + " would be put back as it was before " + whose(entry);
            case Recovered.Left(JournalEntry _, String why) -> gpu + " is changed by " + whose(entry) + ": " + why;
            case Recovered.NotPermitted _ ->
                gpu + " is not as it was before " + whose(entry) + " was interrupted, and only root may put it back";
            case Recovered.GpuMissing _ ->
                gpu + ", which " + whose(entry) + " had changed, is not on this machine any more";
            case Recovered.Failed(JournalEntry _, GpushareException failure) ->
                gpu + " could not be put back as it was before " + whose(entry) + ": " + failure.sentence();
        };
    }
}
