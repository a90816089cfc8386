package io.gpushare.sampling;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Fills one table. A column's absence is told when it begins, changes or ends, not with each row. For one thread. */
final class TableWriter {
    private static final Absence NOT_A_NUMBER = new Absence(Absence.Kind.FAILED, "the value is not a number");

    private final Table table;
    private final SampleListener listener;
    private final Row row;
    private final @Nullable Absence[] current;
    private final @Nullable Absence[] told;

    TableWriter(Broadcast broadcast, String name, Subject subject, Table.Shape shape, List<SampledMetric> metrics) {
        this.table = new Table(broadcast.nextTableNumber(), name, subject, shape, metrics);
        this.listener = broadcast;
        this.row = new Row(metrics.size());
        this.current = new Absence[metrics.size()];
        this.told = new Absence[metrics.size()];
        broadcast.tableAdded(table);
    }

    Table table() {
        return table;
    }

    void begin(long elapsedNanos) {
        row.begin(elapsedNanos);
        Arrays.fill(current, null);
    }

    void set(int column, double value) {
        if (Double.isFinite(value)) {
            row.set(column, value);
        } else {
            absent(column, NOT_A_NUMBER);
        }
    }

    void set(int column, Reading<? extends Number> reading) {
        switch (reading) {
            case Reading.Value<? extends Number>(Number value) -> set(column, value.doubleValue());
            case Reading.Absent<? extends Number>(Absence absence) -> absent(column, absence);
        }
    }

    /** For a value that is missing in the nature of things, and needs no reason. */
    void setIfPresent(int column, OptionalInt value) {
        value.ifPresent(present -> set(column, present));
    }

    void absent(int column, Absence absence) {
        current[column] = absence;
    }

    void end() {
        tellAbsences();
        listener.row(table, row);
    }

    /** The whole question failed: no row, but a reason. */
    void unavailable(long elapsedNanos, Absence absence) {
        begin(elapsedNanos);
        Arrays.fill(current, absence);
        tellAbsences();
    }

    /** The question was answered, though with no row. */
    void available(long elapsedNanos) {
        begin(elapsedNanos);
        tellAbsences();
    }

    private void tellAbsences() {
        for (int column = 0; column < current.length; column++) {
            Absence now = current[column];
            if (!Objects.equals(now, told[column])) {
                told[column] = now;
                listener.absenceChanged(table, new AbsenceChange(column, row.elapsedNanos(), Optional.ofNullable(now)));
            }
        }
    }
}
