package io.gpushare.run.account;

import io.gpushare.reading.Absence;
import io.gpushare.reading.GpuMetric;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What single processes used of the GPU, by the driver's lists of them, phase by phase. */
final class ProcessUse implements SampleListener {
    private static final String PID = "pid";
    private static final String SM = "sm_utilization_percent";
    private static final Absence UNLISTED =
            new Absence(Absence.Kind.NO_DATA, "the driver listed none of its processes on the GPU");

    /** The driver records a few periods a second of a busy process: a longer gap is time in which it was idle. */
    private static final long LONGEST_PERIOD_NANOS = 2_000_000_000;

    private final List<Phase> phases = new ArrayList<>();
    private Optional<Absence> noMemory = Optional.empty();
    private Optional<Absence> noUtilization = Optional.empty();

    private static final class Phase {
        final String name;
        final long startNanos;
        /** By process, of those whose use the driver told. */
        final Map<Integer, Busy> busy = new HashMap<>();
        /** At each look, the bytes by process. */
        final Map<Long, Map<Integer, Long>> memory = new TreeMap<>();

        Phase(PhaseBorder border) {
            this.name = border.name();
            this.startNanos = border.elapsedNanos();
        }
    }

    private static final class Busy {
        long untilNanos;
        double percentNanos;

        Busy(long fromNanos) {
            this.untilNanos = fromNanos;
        }
    }

    @Override
    public synchronized void phaseBegan(PhaseBorder border) {
        phases.add(new Phase(border));
    }

    @Override
    public synchronized void absenceChanged(Table table, AbsenceChange change) {
        if (table.has(PID) && table.metrics().get(change.column()).name().equals(SM)) {
            noUtilization = change.absence();
        } else if (table.has(PID)
                && !table.has(SM)
                && table.metrics().get(change.column()).name().equals(GpuMetric.MEMORY_USED_BYTES)) {
            noMemory = change.absence();
        }
    }

    @Override
    public synchronized void row(Table table, Row row) {
        if (!table.has(PID)) {
            return;
        }
        for (Phase phase : phases.reversed()) {
            if (row.elapsedNanos() >= phase.startNanos) {
                add(phase, table, row);
                return;
            }
        }
    }

    private static void add(Phase phase, Table table, Row row) {
        int pid = (int) row.value(table.column(PID));
        if (table.has(SM)) {
            if (row.has(table.column(SM))) {
                Busy busy = phase.busy.computeIfAbsent(pid, _ -> new Busy(phase.startNanos));
                long period = Math.min(row.elapsedNanos() - busy.untilNanos, LONGEST_PERIOD_NANOS);
                busy.percentNanos += row.value(table.column(SM)) * Math.max(0, period);
                busy.untilNanos = Math.max(busy.untilNanos, row.elapsedNanos());
            }
        } else if (table.has(GpuMetric.MEMORY_USED_BYTES)) {
            int column = table.column(GpuMetric.MEMORY_USED_BYTES);
            phase.memory
                    .computeIfAbsent(row.elapsedNanos(), _ -> new HashMap<>())
                    .merge(pid, row.has(column) ? (long) row.value(column) : 0L, Math::max);
        }
    }

    /** The most that these processes held together at one look. */
    synchronized Reading<Long> memoryBytes(String phase, Set<Integer> processes) {
        List<Long> looks = find(phase).stream()
                .flatMap(found -> found.memory.values().stream())
                .filter(look -> look.keySet().stream().anyMatch(processes::contains))
                .map(look -> look.entrySet().stream()
                        .filter(process -> processes.contains(process.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum())
                .toList();
        long most = looks.stream().mapToLong(Long::longValue).max().orElse(0);
        return most > 0 ? Reading.of(most) : Reading.absent(noMemory.orElse(UNLISTED));
    }

    /** Of the SMs' time, the part in which kernels of these processes ran, in the mean over the phase. */
    synchronized Reading<Double> smPercent(String phase, Set<Integer> processes) {
        Optional<Phase> found = find(phase);
        int next = found.map(phases::indexOf).orElse(phases.size()) + 1;
        boolean listed = found.filter(seen -> seen.memory.values().stream()
                        .anyMatch(look -> look.keySet().stream().anyMatch(processes::contains)))
                .isPresent();
        double percentNanos = found.map(seen -> seen.busy.entrySet().stream()
                        .filter(process -> processes.contains(process.getKey()))
                        .mapToDouble(process -> process.getValue().percentNanos)
                        .sum())
                .orElse(0.0);
        if (percentNanos == 0 && (!listed || noUtilization.isPresent())) {
            return Reading.absent(noUtilization.orElse(UNLISTED));
        }
        if (found.isEmpty() || next >= phases.size()) {
            return Reading.notMeasured("its measured time did not end");
        }
        double nanos = phases.get(next).startNanos - found.get().startNanos;
        return Reading.of(Math.min(100, percentNanos / Math.max(1, nanos)));
    }

    private Optional<Phase> find(String phase) {
        return phases.stream().filter(seen -> seen.name.equals(phase)).findFirst();
    }
}
