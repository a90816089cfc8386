package io.gpushare.results.stored;

import io.gpushare.results.imported.ImportedBenchmarks;
import java.util.List;

/**
 * What folders of results hold, in the order of the runs' start.
 *
 * @param monitors samples that belong to none of the runs
 * @param imported what other programs measured, in the order of the files
 * @param files how many were looked into, {@code bytes} their length together
 */
public record ReadResults(
        List<StoredRun> runs,
        List<StoredMonitor> monitors,
        List<ImportedBenchmarks> imported,
        List<Skipped> skipped,
        int files,
        long bytes) {
    public ReadResults {
        runs = List.copyOf(runs);
        monitors = List.copyOf(monitors);
        imported = List.copyOf(imported);
        skipped = List.copyOf(skipped);
    }

    /** Whether something that should have been read was not. */
    public boolean incomplete() {
        return skipped.stream().anyMatch(Skipped::loss);
    }
}
