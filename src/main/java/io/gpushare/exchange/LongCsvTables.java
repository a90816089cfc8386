package io.gpushare.exchange;

import io.gpushare.exchange.ForeignFile.Content;
import io.gpushare.failure.GpushareException;
import io.gpushare.results.imported.ForeignFormat;
import io.gpushare.results.imported.ImportedBenchmark;
import io.gpushare.results.imported.ImportedBenchmarks;
import io.gpushare.text.Amount;
import io.gpushare.text.SafeText;
import io.gpushare.text.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table of {@code timestamp,domain,metric,measure}, or a folder of such. */
final class LongCsvTables {
    private static final String ENDING = ".csv";
    private static final long LARGEST = 2L << 30;
    private static final String READABLE =
            "A table has the columns timestamp,domain,metric,measure and a value a line, as `gpushare export --format"
                    + " csv-long` writes it.";

    private final MessageDigest digest = Sha256.digest();
    private final List<ImportedBenchmark> benchmarks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<String> begin = Optional.empty();
    private long bytes;

    private LongCsvTables() {}

    static boolean recognises(Path path) {
        return Files.isDirectory(path) || String.valueOf(path.getFileName()).endsWith(ENDING);
    }

    static Content read(Path path, Instant now, String toolVersion) {
        LongCsvTables tables = new LongCsvTables();
        List<Path> files = Files.isDirectory(path) ? filesIn(path) : List.of(path);
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
            tables.add(file, files.size() == 1 ? Map.of() : Map.of("file", stem));
        }
        return new Content(
                new ImportedBenchmarks(
                        ForeignFormat.CSV_LONG,
                        "unknown",
                        now,
                        toolVersion,
                        tables.begin,
                        false,
                        new ImportedBenchmarks.Source(
                                String.valueOf(path.toAbsolutePath().normalize().getFileName()),
                                HexFormat.of().formatHex(tables.digest.digest()),
                                tables.bytes),
                        tables.benchmarks),
                tables.notes);
    }

    private static List<Path> filesIn(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(
                            file -> String.valueOf(file.getFileName()).endsWith(ENDING) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw failure(folder + " has no file that ends with .csv", READABLE);
            }
            return files;
        } catch (IOException unreadable) {
            throw failure(folder + " cannot be read: " + unreadable.getMessage(), null);
        }
    }

    private void add(Path file, Map<String, String> settings) {
        try {
            if (!Files.isRegularFile(file)) {
                throw failure(Files.exists(file) ? file + " is no regular file" : "there is no file " + file, null);
            }
            if (Files.size(file) > LARGEST) {
                throw failure(file + " is larger than 2 GiB", null);
            }
            bytes += Files.size(file);
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest);
                    BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                add(file, LongCsvFile.read(text), settings);
            }
        } catch (NotInFormatException wrong) {
            throw new WrongFormatException(file, wrong.sentence(), READABLE, wrong);
        } catch (IOException unreadable) {
            throw failure(file + " cannot be read: " + unreadable.getMessage(), null);
        }
    }

    private void add(Path file, LongCsvFile table, Map<String, String> settings) {
        benchmarks.addAll(table.benchmarks(settings));
        begin = begin.or(table::begin);
        if (table.gaps() > 0) {
            notes.add(file.getFileName() + ": " + Amount.of(table.gaps(), "line") + " without a number "
                    + (table.gaps() == 1 ? "is" : "are") + " left out.");
        }
    }

    private static GpushareException failure(String sentence, @Nullable String advice) {
        return GpushareException.failed(SafeText.of(sentence), advice);
    }
}
