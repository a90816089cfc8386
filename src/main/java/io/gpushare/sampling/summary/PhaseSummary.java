package io.gpushare.sampling.summary;

import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Levels of every gauge, and clock events, phase by phase. Rows belong to the phase of their own time: what a driver
 * recorded comes up to a second after it happened, when the next phase may have begun.
 */
public final class PhaseSummary implements SampleListener {
    private final List<Table> tables = new ArrayList<>();
    private final List<Phase> phases = new ArrayList<>();

    private record Phase(String name, long startNanos, SamplingSummary summary, ClockEvents clockEvents) {}

    @Override
    public synchronized void tableAdded(Table table) {
        tables.add(table);
        phases.forEach(phase -> phase.summary().tableAdded(table));
    }

    @Override
    public synchronized void phaseBegan(PhaseBorder border) {
        SamplingSummary summary = new SamplingSummary();
        tables.forEach(summary::tableAdded);
        phases.add(new Phase(border.name(), border.elapsedNanos(), summary, new ClockEvents()));
    }

    @Override
    public synchronized void row(Table table, Row row) {
        for (Phase phase : phases.reversed()) {
            if (row.elapsedNanos() >= phase.startNanos()) {
                phase.summary().row(table, row);
                phase.clockEvents().row(table, row);
                return;
            }
        }
    }

    /** Empty for a phase that never began. Complete when sampling has ended. */
    public synchronized List<MetricSummary> metrics(String phase) {
        return find(phase).map(found -> found.summary().metrics()).orElse(List.of());
    }

    /** What held the GPU back in that phase. */
    public synchronized Optional<GpuClockEvents> clockEvents(String phase, Subject gpu) {
        return find(phase).stream()
                .flatMap(found -> found.clockEvents().gpus().stream())
                .filter(events -> events.gpu().equals(gpu))
                .findFirst();
    }

    private Optional<Phase> find(String name) {
        return phases.stream().filter(phase -> phase.name().equals(name)).findFirst();
    }
}
