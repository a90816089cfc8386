package io.gpushare.sampling;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.ProcessMemory;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest value of every metric, whichever way it was read. Written by the sampler, read by any thread at any time
 * without holding the sampler up.
 */
public final class LatestReadings implements SampleListener {
    private static final Reading<Double> NOTHING_YET = Reading.absent(Absence.Kind.NO_DATA);
    private static final Reading<List<ProcessMemory>> NO_LIST_YET = Reading.absent(Absence.Kind.NO_DATA);
    private static final Reading<Double> UNKNOWN = Reading.noData("this metric is not sampled");

    private final Map<Integer, Board> boards = new ConcurrentHashMap<>();
    private final Map<Subject, Reading<List<ProcessMemory>>> processes = new ConcurrentHashMap<>();
    private final Map<Subject, Map<Long, Long>> xidCounts = new ConcurrentHashMap<>();

    /** The value last read, or why there is none. */
    public Reading<Double> value(Subject subject, String metric) {
        for (Board board : boards.values()) {
            Table table = board.table();
            if (table.subject().equals(subject) && table.has(metric)) {
                return board.cells().get(table.column(metric));
            }
        }
        return UNKNOWN;
    }

    /** All metrics of a subject, in the order in which they were declared. */
    public Map<SampledMetric, Reading<Double>> values(Subject subject) {
        Map<SampledMetric, Reading<Double>> values = new LinkedHashMap<>();
        for (Board board : new TreeMap<>(boards).values()) {
            if (board.table().subject().equals(subject)) {
                List<SampledMetric> metrics = board.table().metrics();
                for (int column = 0; column < metrics.size(); column++) {
                    values.put(metrics.get(column), board.cells().get(column));
                }
            }
        }
        return values;
    }

    /** The processes on a GPU or MIG device, as of the last second. */
    public Reading<List<ProcessMemory>> processes(Subject device) {
        return processes.getOrDefault(device, NO_LIST_YET);
    }

    /** How often each Xid error came since sampling began. */
    public Map<Long, Long> xidCounts(Subject gpu) {
        return Map.copyOf(xidCounts.getOrDefault(gpu, Map.of()));
    }

    @Override
    public void tableAdded(Table table) {
        switch (table.shape()) {
            case SERIES -> boards.put(table.number(), Board.empty(table));
            case EVENTS -> {
                if (table.has("xid")) {
                    xidCounts.put(table.subject(), new ConcurrentHashMap<>());
                }
            }
        }
    }

    @Override
    public void row(Table table, Row row) {
        switch (table.shape()) {
            case SERIES -> keep(boards.get(table.number()), row);
            case EVENTS -> countXid(table, row);
        }
    }

    @Override
    public void absenceChanged(Table table, AbsenceChange change) {
        Board board = boards.get(table.number());
        if (board != null) {
            change.absence().ifPresent(absence -> board.cells().set(change.column(), Reading.absent(absence)));
        }
    }

    @Override
    public void processesListed(Subject device, Reading<List<ProcessMemory>> listed) {
        processes.put(device, listed);
    }

    private static void keep(@Nullable Board board, Row row) {
        if (board == null) {
            return;
        }
        for (int column = 0; column < row.columns(); column++) {
            if (row.has(column)) {
                board.cells().set(column, Reading.of(row.value(column)));
            }
        }
    }

    private void countXid(Table table, Row row) {
        Map<Long, Long> counts = xidCounts.get(table.subject());
        if (counts != null && table.has("xid")) {
            counts.merge((long) row.value(table.column("xid")), 1L, Long::sum);
        }
    }

    private record Board(Table table, AtomicReferenceArray<Reading<Double>> cells) {
        static Board empty(Table table) {
            List<Reading<Double>> cells = new ArrayList<>();
            table.metrics().forEach(metric -> cells.add(NOTHING_YET));
            @SuppressWarnings({"unchecked", "rawtypes"})
            Reading<Double>[] array = cells.toArray(new Reading[0]);
            return new Board(table, new AtomicReferenceArray<>(array));
        }
    }
}
