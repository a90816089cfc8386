package io.gpushare.results.reading.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.document.DocumentReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lines of a journal, as trees. Only lines that end are lines: what a crash tore off is left out. A line that
 * cannot be read (a disk may leave zeros behind) is counted and passed over.
 */
public final class RunJournalLines implements AutoCloseable {
    private static final int LONGEST = 1 << 20;
    private static final int MOST_LINES = 5_000_000;
    private static final int MOST_UNREADABLE = 100_000;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private byte[] line = new byte[4096];
    private int length;
    private int lines;
    private int unreadable;

    private RunJournalLines(InputStream in) {
        this.in = in;
    }

    public static RunJournalLines open(Path file) throws IOException {
        return new RunJournalLines(Files.newInputStream(file));
    }

    /** The first line. */
    public ObjectNode header() throws IOException, DamagedFileException {
        if (nextLine()) {
            Optional<ObjectNode> tree = tree();
            if (tree.isPresent()) {
                return tree.get();
            }
        }
        throw new DamagedFileException("has no header of a journal: nothing of it can be saved");
    }

    /** The next line that can be read; empty at the end. */
    Optional<ObjectNode> next() throws IOException, DamagedFileException {
        while (nextLine()) {
            if (++lines > MOST_LINES) {
                throw new DamagedFileException("has more than " + MOST_LINES + " lines");
            }
            Optional<ObjectNode> tree = tree();
            if (tree.isPresent()) {
                return tree;
            }
            passOver();
        }
        return Optional.empty();
    }

    /** A line that is JSON, and says nothing that a journal says. */
    void passOver() throws DamagedFileException {
        if (++unreadable > MOST_UNREADABLE) {
            throw new DamagedFileException("has more than " + MOST_UNREADABLE + " lines that cannot be read");
        }
    }

    int unreadable() {
        return unreadable;
    }

    private Optional<ObjectNode> tree() {
        if (length < 2 || line[0] != '{' || line[length - 1] != '}') {
            return Optional.empty();
        }
        try {
            return Optional.of(DocumentReader.read(line, length));
        } catch (DamagedFileException damaged) {
            return Optional.empty();
        }
    }

    /** Of a line longer than any that a journal has only the beginning is kept. */
    private boolean nextLine() throws IOException {
        length = 0;
        while (at < end || refill()) {
            byte next = buffer[at++];
            if (next == '\n') {
                return true;
            }
            if (length == line.length && length < LONGEST) {
                line = Arrays.copyOf(line, 2 * length);
            }
            if (length < line.length) {
                line[length++] = next;
            }
        }
        return false;
    }

    private boolean refill() throws IOException {
        at = 0;
        end = in.read(buffer);
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
