package io.gpushare.results.imported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.imported.ImportedBenchmark.Gpu;
import io.gpushare.results.imported.ImportedBenchmark.Measure;
import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.results.stored.ReadResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportedFileTest {
    @TempDir
    Path folder;

    private static ImportedBenchmarks example() {
        return new ImportedBenchmarks(
                ForeignFormat.MLPERF_STYLE,
                "gpushare 0.1.0",
                Instant.parse("2026-11-21T16:00:00.5Z"),
                "0.1.0+abc",
                Optional.of("yesterday"),
                true,
                new ImportedBenchmarks.Source("plain.json", "0".repeat(64), 12),
                List.of(
                        new ImportedBenchmark(
                                "offline",
                                Map.of("batch_size", "8"),
                                Optional.of(new Gpu(Optional.of("T4"), Optional.empty(), Optional.of(15.8))),
                                0,
                                List.of(new Measure("latency_p99_ms", "ms", List.of(1.5), Map.of()))),
                        new ImportedBenchmark(
                                "sleep \"1\"\n",
                                Map.of(),
                                Optional.empty(),
                                2,
                                List.of(new Measure("duration_s", "s", List.of(), Map.of("mean", 1.25))))));
    }

    private Path written() {
        return ImportedFile.write(ResultDirectory.open(folder), example());
    }

    @Test
    void comesBackFromItsFile() throws IOException {
        Path file = written();

        assertThat(file.getFileName().toString()).matches("imported_20261121T160000Z_[0-9a-f]{6}\\.json");
        assertThat(ImportedFile.read(file)).isEqualTo(example());
    }

    @Test
    void isListedBesideTheRunsOfAFolder() throws IOException {
        written();
        Files.writeString(folder.resolve("imported_damaged.json"), """
                {"schema_version":1,"kind":"imported","format":"hyperfine"}""");
        Files.writeString(folder.resolve("imported_newer.json"), """
                {"schema_version":2,"kind":"imported"}""");

        ReadResults read = ResultReading.read(List.of(folder.toString()), ReadingProgress.NONE);

        assertThat(read.imported()).containsExactly(example());
        assertThat(read.skipped()).hasSize(2).allMatch(skipped -> skipped.loss());
        assertThat(read.skipped().get(1).reason())
                .isEqualTo("it has schema version 2, and this gpushare reads version 1");
    }

    @Test
    void refusesADocumentThatBreaksTheSchema() {
        ObjectNode document = ImportedFile.json(example());
        ((ObjectNode) document.path("benchmarks").path(0).path("measures").path(0)).putArray("samples");

        assertThatThrownBy(() -> ImportedFile.read(document))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("it does not hold what an imported file must");
    }

    @Test
    void refusesNumbersThatNobodyMeasured() throws IOException {
        Path file = written();
        Files.writeString(file, Files.readString(file).replace("[1.5]", "[1e999]"));

        assertThatThrownBy(() -> ImportedFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("latency_p99_ms");
    }
}
