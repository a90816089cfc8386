package io.gpushare.sampling;

import io.gpushare.gpu.GpuProcess;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.NamedProcess;
import io.gpushare.sampling.samples.ProcessMemory;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Latest readings that a test puts there, through the door by which the sampler does. */
public final class HandFedReadings {
    public final LatestReadings latest = new LatestReadings();
    private final Map<List<Object>, Table> tables = new HashMap<>();

    public HandFedReadings value(Subject subject, String metric, double value) {
        return value(subject, metric, "", value);
    }

    public HandFedReadings value(Subject subject, String metric, String unit, double value) {
        feed(table(subject, Table.Shape.SERIES, SampledMetric.gauge(metric, unit)), value);
        return this;
    }

    public HandFedReadings absent(Subject subject, String metric, Absence.Kind kind) {
        Table table = table(subject, Table.Shape.SERIES, SampledMetric.gauge(metric, ""));
        latest.absenceChanged(table, new AbsenceChange(0, 0, Optional.of(Absence.of(kind))));
        return this;
    }

    public HandFedReadings xid(Subject gpu, int xid) {
        feed(table(gpu, Table.Shape.EVENTS, SampledMetric.label("xid")), xid);
        return this;
    }

    public HandFedReadings processes(Subject device, ProcessMemory... processes) {
        latest.processesListed(device, Reading.of(List.of(processes)));
        return this;
    }

    public static ProcessMemory process(int pid, Reading<String> name, Reading<Long> bytes) {
        return new ProcessMemory(
                new NamedProcess(pid, name),
                new GpuProcess(pid, GpuProcess.Kind.COMPUTE, bytes, OptionalInt.empty(), OptionalInt.empty()));
    }

    private Table table(Subject subject, Table.Shape shape, SampledMetric metric) {
        return tables.computeIfAbsent(List.of(subject, metric), unknown -> {
            Table table = new Table(tables.size(), metric.name(), subject, shape, List.of(metric));
            latest.tableAdded(table);
            return table;
        });
    }

    private void feed(Table table, double value) {
        Row row = new Row(1);
        row.begin(0);
        row.set(0, value);
        latest.row(table, row);
    }
}
