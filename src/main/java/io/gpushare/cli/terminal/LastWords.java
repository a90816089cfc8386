package io.gpushare.cli.terminal;

import io.gpushare.text.SafeText;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of what a tenant printed: there a program says why it failed. */
public final class LastWords {
    private static final int MOST_LINES = 6;
    private static final int MOST_BYTES = 4096;

    private LastWords() {}

    /** Nothing where the file cannot be read: where it is has been said. */
    public static List<String> of(Path log, int columns) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - MOST_BYTES);
            byte[] end = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> shortened(SafeText.of(line.replace('\t', ' ').stripTrailing()), columns))
                    .toList();
            return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static String shortened(String line, int columns) {
        return line.length() <= columns ? line : line.substring(0, Math.max(0, columns - 1)) + "…";
    }
}
