package io.gpushare.results.imported;

import io.gpushare.results.InFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file that another program wrote. Nothing proves how its numbers were measured.
 *
 * @param writtenBy the program, as far as the file tells
 * @param measuredAt in the words of the file
 * @param simulated gpushare exported it, from runs on a simulated GPU
 */
public record ImportedBenchmarks(
        ForeignFormat format,
        String writtenBy,
        @InFile(name = "imported_utc") Instant importedAt,
        String toolVersion,
        Optional<String> measuredAt,
        boolean simulated,
        Source source,
        List<ImportedBenchmark> benchmarks) {
    public ImportedBenchmarks {
        benchmarks = List.copyOf(benchmarks);
    }

    /** @param name of the file, without its folder */
    public record Source(String name, String sha256, long bytes) {}
}
