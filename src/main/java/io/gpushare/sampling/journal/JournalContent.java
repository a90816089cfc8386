package io.gpushare.sampling.journal;

import io.gpushare.reading.Absence;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.NamedProcess;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a result file needs of a replayed journal beside statistics. Rows go to disk; the rest is small. */
final class JournalContent implements SampleListener, AutoCloseable {
    private final Path folder;
    private final List<TableContent> tables = new ArrayList<>();
    private final List<PhaseBorder> borders = new ArrayList<>();
    /** A number that was free again may have named two. */
    private final Set<NamedProcess> processes = new LinkedHashSet<>();

    /** Without a word the numbers before it would pass for the whole run. */
    private final Map<Subject, Long> lostAtNanos = new LinkedHashMap<>();

    private final List<String> warnings = new ArrayList<>();

    /** @param folder for the rows; the caller deletes it */
    JournalContent(Path folder) {
        this.folder = folder;
    }

    record TableContent(Table table, TableSpool rows, AbsencePeriods absences) {}

    List<TableContent> tables() {
        return tables;
    }

    List<PhaseBorder> borders() {
        return borders;
    }

    List<NamedProcess> processes() {
        return List.copyOf(processes);
    }

    /** What was warned of while sampling, and which GPUs fell off the bus. */
    List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        lostAtNanos.forEach((gpu, nanos) -> all.add(String.format(
                Locale.ROOT,
                "%s was lost %.1f s after the start: the driver could not reach it any more",
                gpu.id(),
                nanos / 1e9)));
        return all;
    }

    @Override
    public void tableAdded(Table table) {
        try {
            TableSpool spool = new TableSpool(
                    folder.resolve("table-" + table.number()), table.metrics().size());
            tables.add(new TableContent(table, spool, new AbsencePeriods(table)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void row(Table table, Row row) {
        try {
            tables.get(table.number()).rows().add(row);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void absenceChanged(Table table, AbsenceChange change) {
        tables.get(table.number()).absences().change(change);
        boolean lost = change.absence()
                .filter(absence -> absence.kind() == Absence.Kind.GPU_LOST)
                .isPresent();
        if (lost && table.subject().kind() == Subject.Kind.GPU) {
            lostAtNanos.merge(table.subject(), change.elapsedNanos(), Math::min);
        }
    }

    @Override
    public void phaseBegan(PhaseBorder border) {
        borders.add(border);
    }

    @Override
    public void processNamed(NamedProcess process) {
        processes.add(new NamedProcess(process.pid(), process.name()));
    }

    @Override
    public void warned(String warning) {
        warnings.add(warning);
    }

    /** After the last row, before the first column is read. */
    void endRows() throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        for (TableContent table : tables) {
            table.rows().close();
        }
    }
}
