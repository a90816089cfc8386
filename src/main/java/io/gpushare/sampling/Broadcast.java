package io.gpushare.sampling;

import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.NamedProcess;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.ProcessMemory;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Passes what several threads sample to the listeners, one thing at a time. A listener that throws is left out. */
final class Broadcast implements SampleListener {
    private static final int MOST_WARNINGS = 200;

    private final List<SampleListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private int tables;

    void add(SampleListener listener) {
        listeners.add(listener);
    }

    synchronized int nextTableNumber() {
        return tables++;
    }

    @Override
    public synchronized void tableAdded(Table table) {
        tell(listener -> listener.tableAdded(table));
    }

    @Override
    public synchronized void row(Table table, Row row) {
        tell(listener -> listener.row(table, row));
    }

    @Override
    public synchronized void absenceChanged(Table table, AbsenceChange change) {
        tell(listener -> listener.absenceChanged(table, change));
    }

    @Override
    public synchronized void phaseBegan(PhaseBorder border) {
        tell(listener -> listener.phaseBegan(border));
    }

    @Override
    public synchronized void processNamed(NamedProcess process) {
        tell(listener -> listener.processNamed(process));
    }

    @Override
    public synchronized void processesListed(Subject device, Reading<List<ProcessMemory>> processes) {
        tell(listener -> listener.processesListed(device, processes));
    }

    /** The same words are passed on once, and not without end: memory must stay flat. */
    @Override
    public synchronized void warned(String warning) {
        if (warnings.size() < MOST_WARNINGS && warnings.add(warning)) {
            tell(listener -> listener.warned(warning));
        }
    }

    /** Does something between two calls to listeners. */
    synchronized void between(Runnable action) {
        action.run();
    }

    synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    private void tell(Consumer<SampleListener> news) {
        RuntimeException failure = null;
        SampleListener failed = null;
        for (SampleListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException thrown) {
                failure = thrown;
                failed = listener;
            }
        }
        if (failed != null) {
            listeners.remove(failed);
            warned(failed.getClass().getSimpleName() + " was told no more samples, because it failed: " + failure);
        }
    }
}
