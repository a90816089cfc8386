package io.gpushare.sampling;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.ArrayList;
import java.util.List;

/** Asks a device its questions, one row a tick. */
final class SourceProbe<D> implements Probe {
    private final D device;
    private final UnixTime time;
    private final TableWriter table;
    private final List<Question<D, ?>> questions;

    SourceProbe(SamplingContext context, String tableName, Subject subject, D device, List<Source<D, ?>> sources) {
        this.device = device;
        this.time = context.time();
        List<SampledMetric> metrics = new ArrayList<>();
        List<Question<D, ?>> all = new ArrayList<>();
        for (Source<D, ?> source : sources) {
            all.add(new Question<>(source, context.calls(source.name()), metrics.size()));
            source.columns().forEach(column -> metrics.add(column.metric()));
        }
        this.questions = List.copyOf(all);
        this.table = new TableWriter(context.broadcast(), tableName, subject, Table.Shape.SERIES, metrics);
    }

    @Override
    public void take() {
        table.begin(time.elapsedNanos());
        for (Question<D, ?> question : questions) {
            question.fill(table, device);
        }
        table.end();
    }

    @Override
    public void silence(Absence why) {
        table.unavailable(time.elapsedNanos(), why);
    }

    private record Question<D, T>(Source<D, T> source, CallStatistics calls, int firstColumn) {
        void fill(TableWriter table, D device) {
            switch (calls.ask(source.question(), device)) {
                case Reading.Value<T>(T answer) -> extract(table, answer);
                case Reading.Absent<T>(Absence absence) -> {
                    for (int i = 0; i < source.columns().size(); i++) {
                        table.absent(firstColumn + i, absence);
                    }
                }
            }
        }

        private void extract(TableWriter table, T answer) {
            for (int i = 0; i < source.columns().size(); i++) {
                switch (source.columns().get(i)) {
                    case Column.Always<T>(SampledMetric metric, var extractor) ->
                        table.set(firstColumn + i, extractor.applyAsDouble(answer));
                    case Column.AtTimes<T>(SampledMetric metric, var extractor) ->
                        table.set(firstColumn + i, extractor.apply(answer));
                }
            }
        }
    }
}
