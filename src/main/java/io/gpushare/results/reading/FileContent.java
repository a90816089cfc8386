package io.gpushare.results.reading;

import io.gpushare.results.imported.ImportedBenchmarks;
import io.gpushare.results.stored.Skipped;
import io.gpushare.results.stored.StoredMonitor;
import io.gpushare.results.stored.StoredRun;

/** What a file turned out to be. */
sealed interface FileContent {
    record Run(StoredRun run) implements FileContent {}

    record Monitor(StoredMonitor monitor) implements FileContent {}

    record Imported(ImportedBenchmarks imported) implements FileContent {}

    record Nothing(Skipped skipped) implements FileContent {}

    /** The journal of a run whose result is there. */
    record Superseded() implements FileContent {}
}
