package io.gpushare.sampling.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.LockedFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.NamedProcess;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Session;
import io.gpushare.sampling.samples.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends what is sampled to a file, each line with one write: what was told is in the kernel's hands, and a killed
 * process loses nothing. When the disk is full it stops for good and says so; sampling goes on without it.
 *
 * <p>Told one thing at a time; only {@link #failure} may be asked from any thread. As long as it is open the file is
 * locked, so that nobody saves and deletes the journal of a run that goes on.
 */
public final class JournalWriter implements SampleListener, AutoCloseable {
    private final Path file;
    private final OutputStream out;
    private final Consumer<String> onFailure;
    private final LineBuffer line = new LineBuffer();
    private final List<Table> tablesBeforeHeader = new ArrayList<>();
    private boolean headerWritten;
    private boolean closed;
    private volatile @Nullable String failure;

    /** @param onFailure told once, in words, when nothing more can be written */
    private JournalWriter(Path file, OutputStream out, Consumer<String> onFailure) {
        this.file = file;
        this.out = out;
        this.onFailure = onFailure;
    }

    public static JournalWriter create(Path file, Consumer<String> onFailure) {
        try {
            return to(LockedFile.create(file), file, onFailure);
        } catch (IOException unwritable) {
            throw GpushareException.unable(
                    "the journal " + file + " cannot be created: " + WriteFailure.reason(unwritable),
                    "Choose a folder that you may write to, on a disk that has room.",
                    unwritable);
        }
    }

    /** @param file named where the stream takes no more */
    public static JournalWriter to(OutputStream out, Path file, Consumer<String> onFailure) {
        return new JournalWriter(file, out, onFailure);
    }

    /** The first line. Tables told before it are part of it. */
    public void header(Session session) {
        headerWritten = true;
        write(JournalLines.header(session, tablesBeforeHeader));
    }

    /** The last line: without it a journal is that of an interrupted run. */
    public void end(long elapsedNanos, JsonNode instrument) {
        write(JournalLines.end(elapsedNanos, instrument));
    }

    /** Why nothing is written any more. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void tableAdded(Table table) {
        if (headerWritten) {
            write(JournalLines.table(table));
        } else {
            tablesBeforeHeader.add(table);
        }
    }

    @Override
    public void row(Table table, Row row) {
        line.clear();
        line.character('[');
        line.whole(table.number());
        line.character(',');
        line.milliseconds(row.elapsedNanos());
        for (int column = 0; column < row.columns(); column++) {
            line.character(',');
            if (row.has(column)) {
                line.number(row.value(column));
            } else {
                line.nothing();
            }
        }
        line.character(']');
        line.character('\n');
        if (takesNoMore()) {
            return;
        }
        try {
            line.writeTo(out);
        } catch (IOException unwritable) {
            fail(unwritable);
        }
    }

    @Override
    public void absenceChanged(Table table, AbsenceChange change) {
        write(JournalLines.absence(table, change));
    }

    @Override
    public void phaseBegan(PhaseBorder border) {
        write(JournalLines.phase(border));
    }

    @Override
    public void processNamed(NamedProcess process) {
        write(JournalLines.process(process));
    }

    @Override
    public void warned(String warning) {
        write(JournalLines.warning(warning));
    }

    @Override
    public void close() {
        closed = true;
        try {
            out.close();
        } catch (IOException unwritable) {
            fail(unwritable);
        }
    }

    private void write(JsonNode json) {
        if (takesNoMore()) {
            return;
        }
        try {
            out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException unwritable) {
            fail(unwritable);
        }
    }

    /** A thread that a hanging driver lets go late may still bring something after the end: it is no failure. */
    private boolean takesNoMore() {
        return closed || failure != null;
    }

    private void fail(IOException unwritable) {
        if (failure != null) {
            return;
        }
        failure = "samples are no longer written to " + file + ": " + WriteFailure.reason(unwritable);
        onFailure.accept(failure);
    }
}
