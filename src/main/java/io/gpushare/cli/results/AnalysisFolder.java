package io.gpushare.cli.results;

import io.gpushare.failure.GpushareException;
import io.gpushare.file.WriteFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an analysis is written.
 *
 * @param otherwise a command that needs no such folder
 */
record AnalysisFolder(Path path, String otherwise) {
    private static final String NAME = "analysis";
    private static final String RESULTS = "results";
    private static final String REFERENCE = "reference";
    private static final String WILD = "*?[{";

    /**
     * In the first folder that is named, beside a file or a pattern. Reference data comes with the program, and stays
     * as it came: what is said of {@code results/reference/h200} goes to {@code results/analysis/reference/h200}.
     */
    static Path of(String first) {
        Path folder = folderOf(first);
        Path absolute = folder.toAbsolutePath().normalize();
        for (int i = absolute.getNameCount() - 1; i > 0; i--) {
            if (absolute.getName(i).toString().equals(REFERENCE)
                    && absolute.getName(i - 1).toString().equals(RESULTS)) {
                int below = absolute.getNameCount() - i;
                Path results =
                        folder.getNameCount() > below && !folder.toString().contains("..")
                                ? folder.resolve("../".repeat(below)).normalize()
                                : absolute.resolve("../".repeat(below)).normalize();
                return results.resolve(NAME).resolve(absolute.subpath(i, absolute.getNameCount()));
            }
        }
        return folder.resolve(NAME);
    }

    private static Path folderOf(String first) {
        int wild = 0;
        while (wild < first.length() && WILD.indexOf(first.charAt(wild)) < 0) {
            wild++;
        }
        boolean exists = exists(first);
        Path path =
                path(exists || wild == first.length() ? first : first.substring(0, first.lastIndexOf('/', wild) + 1));
        if (Files.isDirectory(path)) {
            return path;
        }
        Path parent = exists ? path.getParent() : path;
        return parent == null ? Path.of("") : parent;
    }

    private static boolean exists(String text) {
        try {
            return Files.exists(Path.of(text));
        } catch (InvalidPathException impossible) {
            return false;
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException impossible) {
            // Reading says so.
            return Path.of("");
        }
    }

    /** Known before anything is read: whether there is a chance to write. */
    void check() {
        Path there = path.toAbsolutePath();
        while (!Files.exists(there)) {
            Path parent = there.getParent();
            if (parent == null) {
                return;
            }
            there = parent;
        }
        if (!Files.isDirectory(there)) {
            throw refused(there + " is a file", null);
        }
        if (!Files.isWritable(there)) {
            throw refused("no permission", null);
        }
    }

    void create() {
        try {
            Files.createDirectories(path);
        } catch (IOException failure) {
            throw refused(WriteFailure.reason(failure), failure);
        }
    }

    GpushareException refused(IOException failure) {
        return refused(WriteFailure.reason(failure), failure);
    }

    private GpushareException refused(String reason, @Nullable IOException failure) {
        String sentence = "the analysis cannot be written to " + path.toAbsolutePath() + ": " + reason;
        String advice = "Name another folder with --out, or have only the answer:\n  " + otherwise;
        return GpushareException.unable(sentence, advice, failure);
    }
}
