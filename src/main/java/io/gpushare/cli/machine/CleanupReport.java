package io.gpushare.cli.machine;

import io.gpushare.runtime.Leftover;
import io.gpushare.text.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a clean-up did, for people and for scripts. */
final class CleanupReport {
    private final boolean dryRun;
    private final List<Entry> removed = new ArrayList<>();
    private final List<Entry> kept = new ArrayList<>();
    private final List<Entry> failed = new ArrayList<>();
    private final Map<String, String> unexamined = new LinkedHashMap<>();
    private final List<Path> journals = new ArrayList<>();

    CleanupReport(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /** @param why empty where it goes without saying */
    private record Entry(Leftover leftover, String why) {
        String line(String done) {
            return "%s %s %s of run %s%s"
                    .formatted(
                            done, leftover.kind(), leftover.name(), leftover.runId(), why.isEmpty() ? "" : ": " + why);
        }

        Map<String, Object> tree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("kind", leftover.kind());
            tree.put("id", leftover.id());
            tree.put("name", leftover.name());
            tree.put("run_id", leftover.runId());
            tree.put("owner", leftover.ownerState().name().toLowerCase(Locale.ROOT));
            if (!why.isEmpty()) {
                tree.put("why", why);
            }
            return tree;
        }
    }

    void addRemoved(Leftover leftover) {
        removed.add(new Entry(leftover, ""));
    }

    void addKept(Leftover leftover, String why) {
        kept.add(new Entry(leftover, why));
    }

    void addFailed(Leftover leftover, String why) {
        failed.add(new Entry(leftover, why));
    }

    void addUnexamined(String what, String why) {
        unexamined.put(what, why);
    }

    void addJournals(List<Path> orphaned) {
        journals.addAll(orphaned);
    }

    boolean hasFailures() {
        return !failed.isEmpty();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        removed.forEach(entry -> lines.add(entry.line(dryRun ? "would remove" : "removed")));
        failed.forEach(entry -> lines.add(entry.line("could not remove")));
        kept.forEach(entry -> lines.add(entry.line("kept")));
        if (removed.isEmpty() && failed.isEmpty()) {
            lines.add("Nothing to clean up.");
        }
        if (!journals.isEmpty()) {
            lines.add(
                    journals.size() == 1
                            ? "1 journal of a killed run:"
                            : journals.size() + " journals of killed runs:");
            journals.forEach(journal -> lines.add("  " + words(journal)));
        }
        return lines;
    }

    private static String words(Path journal) {
        return OrphanedJournals.samplesBeside(journal).isPresent()
                ? journal + "  what tenants of a bench did, a line of JSON for each event"
                : "gpushare monitor --salvage " + Shell.quoted(journal);
    }

    Map<String, Object> asTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("dry_run", dryRun);
        tree.put("removed", removed.stream().map(Entry::tree).toList());
        tree.put("kept", kept.stream().map(Entry::tree).toList());
        tree.put("failed", failed.stream().map(Entry::tree).toList());
        tree.put("not_looked_at", unexamined);
        tree.put("journals", journals.stream().map(Path::toString).toList());
        return tree;
    }
}
