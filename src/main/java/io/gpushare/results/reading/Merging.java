package io.gpushare.results.reading;

import io.gpushare.results.imported.ImportedBenchmarks;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.Skipped;
import io.gpushare.results.stored.StoredMonitor;
import io.gpushare.results.stored.StoredRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts together what many files hold: each run once, and its samples with it. Of two, the one under its own name
 * counts.
 */
final class Merging {
    private final Map<String, StoredRun> runs = new HashMap<>();
    private final List<StoredMonitor> monitors = new ArrayList<>();
    private final List<ImportedBenchmarks> imported = new ArrayList<>();
    private final List<Skipped> skipped;

    Merging(List<Skipped> skipped) {
        this.skipped = new ArrayList<>(skipped);
    }

    /** Of two alike, the first one counts. */
    void add(FileContent content) {
        switch (content) {
            case FileContent.Run(StoredRun run) -> add(run);
            case FileContent.Monitor(StoredMonitor monitor) -> monitors.add(monitor);
            case FileContent.Imported(ImportedBenchmarks file) -> imported.add(file);
            case FileContent.Nothing(Skipped nothing) -> skipped.add(nothing);
            case FileContent.PartOfRun() -> {}
        }
    }

    /** The names of the files that hold the samples of a run. */
    Set<String> samples() {
        return runs.values().stream().map(StoredRun::samplesName).collect(Collectors.toSet());
    }

    ReadResults merged(int files, long bytes) {
        Set<String> owned = samples();
        monitors.removeIf(
                monitor -> owned.contains(String.valueOf(monitor.file().getFileName())));
        monitors.sort(Comparator.comparing(StoredMonitor::file));
        skipped.sort(Comparator.comparing(Skipped::file));
        return new ReadResults(
                runs.values().stream()
                        .sorted(Comparator.comparing(
                                        (StoredRun run) -> run.result().startedAt())
                                .thenComparing(StoredRun::file))
                        .toList(),
                monitors,
                imported,
                skipped,
                files,
                bytes);
    }

    private void add(StoredRun run) {
        StoredRun known = runs.putIfAbsent(run.result().runId(), run);
        if (known == null) {
            return;
        }
        if (ownName(run) && !ownName(known)) {
            runs.put(run.result().runId(), run);
            addAgain(run, known);
        } else {
            addAgain(known, run);
        }
    }

    /** A copy in the same folder has another name. */
    private static boolean ownName(StoredRun run) {
        return String.valueOf(run.file().getFileName()).equals(run.result().runId() + ".json");
    }

    /** @param known the one that counts */
    private void addAgain(StoredRun known, StoredRun run) {
        if (known.origin() != run.origin()) {
            runs.put(run.result().runId(), known.origin() == Origin.RESULT ? known : run);
            return; // The journal of a run whose result was moved away.
        }
        boolean same = known.result().equals(run.result())
                && known.latencies().equals(run.latencies())
                && known.alone().equals(run.alone());
        Path first = known.file();
        skipped.add(
                same
                        ? new Skipped(run.file(), "it is a copy of " + first, false)
                        : new Skipped(run.file(), "it has the run id of " + first + ", and other numbers", true));
    }
}
