package io.gpushare.sampling;

import io.gpushare.reading.Absence;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers all that it is told. */
final class Recording implements SampleListener {
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> absences = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<PhaseBorder> borders = new ArrayList<>();

    record Sample(
            String table,
            String metric,
            long elapsedNanos,
            @Nullable Double value) {}

    @Override
    public synchronized void row(Table table, Row row) {
        for (int column = 0; column < row.columns(); column++) {
            samples.add(new Sample(
                    table.name(),
                    table.metrics().get(column).name(),
                    row.elapsedNanos(),
                    row.has(column) ? row.value(column) : null));
        }
    }

    @Override
    public synchronized void absenceChanged(Table table, AbsenceChange change) {
        absences.add(table.metrics().get(change.column()).name() + ": "
                + change.absence().map(Absence::reason).orElse("present"));
    }

    @Override
    public synchronized void phaseBegan(PhaseBorder border) {
        borders.add(border);
    }

    @Override
    public synchronized void warned(String warning) {
        warnings.add(warning);
    }

    synchronized List<@Nullable Double> values(String metric) {
        List<@Nullable Double> values = new ArrayList<>();
        samples.stream().filter(sample -> sample.metric().equals(metric)).forEach(sample -> values.add(sample.value()));
        return values;
    }

    synchronized List<Long> elapsedMillis(String metric) {
        return samples.stream()
                .filter(sample -> sample.metric().equals(metric))
                .map(sample -> Math.round(sample.elapsedNanos() / 1e6))
                .toList();
    }

    synchronized List<String> absences(String metric) {
        return absences.stream()
                .filter(line -> line.startsWith(metric + ": "))
                .map(line -> line.substring(metric.length() + 2))
                .toList();
    }

    synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    synchronized List<PhaseBorder> borders() {
        return List.copyOf(borders);
    }
}
