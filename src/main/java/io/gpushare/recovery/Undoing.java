package io.gpushare.recovery;

import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.Changes;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.mode.transaction.JournalEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What it takes to bring back what an entry of the journal remembers. */
public final class Undoing {
    private Undoing() {}

    /** How it is now, with the daemons that the entry knows of. */
    public static GpuSetup now(JournalEntry entry, GpuControl control) throws InterruptedException {
        Set<MpsDaemon> known = new LinkedHashSet<>(entry.before().daemons());
        known.addAll(entry.daemons());
        return control.read(List.copyOf(known));
    }

    public static List<Change> changes(JournalEntry entry, GpuSetup now) {
        return Changes.between(now, entry.before());
    }

    /** As a person would type them. */
    public static List<String> commands(List<Change> changes, GpuControl control) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        for (Change change : changes) {
            lines.addAll(control.commands(change));
        }
        return lines;
    }
}
