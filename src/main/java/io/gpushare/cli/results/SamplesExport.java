package io.gpushare.cli.results;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.report.table.SamplesCsv;
import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.stored.Skipped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes samples as long tables: all in one, or into a folder with a table for each file. */
final class SamplesExport {
    private static final String ENDING = ".json";

    private final Console console;
    private final @Nullable Path out;

    SamplesExport(Console console, @Nullable Path out) {
        this.console = console;
        this.out = out;
    }

    /** @return files that could not be read, or not to their end */
    List<Skipped> write(List<Path> files) {
        if (files.isEmpty()) {
            throw GpushareException.failed(
                    "there are no samples to export",
                    "They are in files whose names begin with gpu_monitor_, beside the result of each run.");
        }
        if (out == null) {
            return print(files);
        }
        boolean folder = Files.isDirectory(out) || (files.size() > 1 && Files.notExists(out) && !hasEnding(out));
        return folder ? writeInto(out, files) : writeOne(out, files);
    }

    private static boolean hasEnding(Path path) {
        return String.valueOf(path.getFileName()).contains(".");
    }

    private List<Skipped> print(List<Path> files) {
        PrintStream stdout = console.out();
        stdout.println(SamplesCsv.HEADER);
        List<Skipped> skipped = new ArrayList<>();
        for (Path file : files) {
            tables(file, prefix(file, files), stdout::println, skipped);
        }
        return skipped;
    }

    private List<Skipped> writeOne(Path target, List<Path> files) {
        List<Skipped> skipped = new ArrayList<>();
        save(target, stream -> {
            line(stream, SamplesCsv.HEADER);
            for (Path file : files) {
                tables(file, prefix(file, files), text -> line(stream, text), skipped);
            }
        });
        return skipped;
    }

    private List<Skipped> writeInto(Path folder, List<Path> files) {
        List<Skipped> skipped = new ArrayList<>();
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw unwritable(folder, failure);
        }
        for (Path file : files) {
            save(folder.resolve(stem(file) + ".csv"), stream -> {
                line(stream, SamplesCsv.HEADER);
                tables(file, "", text -> line(stream, text), skipped);
            });
        }
        return skipped;
    }

    /** Of several files in one table, each domain says whose it is. */
    private static String prefix(Path file, List<Path> files) {
        return files.size() == 1 ? "" : stem(file) + "/";
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    private static void tables(Path file, String prefix, SamplesCsv.Lines lines, List<Skipped> skipped) {
        try {
            SamplesCsv.write(file, prefix, lines);
        } catch (DamagedFileException damage) {
            skipped.add(new Skipped(file, damage.words(), true));
        } catch (IOException unreadable) {
            throw GpushareException.unable(
                    "the samples of " + file + " could not be passed on: " + WriteFailure.reason(unreadable),
                    null,
                    unreadable);
        }
    }

    private void save(Path target, AtomicFile.Content content) {
        try {
            AtomicFile.write(target, content);
        } catch (IOException failure) {
            throw unwritable(target, failure);
        }
        console.out().println("Saved to " + console.styled(Style.COMMAND, target.toString()));
    }

    private static GpushareException unwritable(Path target, IOException failure) {
        return GpushareException.unable(
                "--out: " + target + " cannot be written: " + WriteFailure.reason(failure),
                "Choose a file in a folder that exists and that you may write to.",
                failure);
    }

    private static void line(OutputStream stream, String text) throws IOException {
        stream.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
