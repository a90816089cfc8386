package io.gpushare.sampling;

import io.gpushare.platform.Place;
import io.gpushare.platform.Sensor;
import io.gpushare.platform.SensorReading;
import io.gpushare.platform.SensorSource;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what a slow source tells. Which sensors there are shows in its answers: those that are seen for the first time
 * get a table of their own, one a subject, so a source that answers late, or in part, costs no more than that.
 */
final class SensorProbe {
    /** A source that makes names up must not fill the memory. */
    private static final int MOST_SENSORS = 1000;

    private static final Absence NOT_NAMED = new Absence(Absence.Kind.NO_DATA, "the answer did not name it");

    private final SensorSource source;
    private final SamplingContext context;
    private final CallStatistics calls;
    private final List<TableWriter> tables = new ArrayList<>();
    private final Map<Sensor, Cell> cells = new HashMap<>();

    private record Cell(TableWriter table, int column) {}

    SensorProbe(SamplingContext context, SensorSource source) {
        this.context = context;
        this.source = source;
        this.calls = context.calls(source.name());
    }

    boolean over() {
        return source.over();
    }

    /** Whatever was read by a thread that was interrupted is left out. */
    void take() {
        long asked = context.time().elapsedNanos();
        Reading<List<SensorReading>> answer = calls.ask(SensorSource::read, source);
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        long answered = context.time().elapsedNanos();
        switch (answer) {
            case Reading.Value<List<SensorReading>>(List<SensorReading> readings) ->
                // It read them one after another while it was asked.
                keep(readings, asked + (answered - asked) / 2);
            case Reading.Absent<List<SensorReading>>(Absence absence) -> {
                tables.forEach(table -> table.unavailable(answered, absence));
                if (tables.isEmpty()) {
                    context.broadcast().warned(source.name() + ": " + absence.reason());
                }
            }
        }
    }

    private void keep(List<SensorReading> readings, long elapsedNanos) {
        Map<Sensor, Reading<Double>> values = new LinkedHashMap<>();
        readings.forEach(reading -> values.putIfAbsent(reading.sensor(), reading.value()));
        addTables(values);
        tables.forEach(table -> table.begin(elapsedNanos));
        cells.forEach((sensor, cell) ->
                cell.table().set(cell.column(), values.getOrDefault(sensor, Reading.absent(NOT_NAMED))));
        tables.forEach(TableWriter::end);
    }

    private void addTables(Map<Sensor, Reading<Double>> values) {
        Map<Place, List<Sensor>> newSensors = new LinkedHashMap<>();
        int count = cells.size();
        for (Sensor sensor : values.keySet()) {
            if (cells.containsKey(sensor)) {
                continue;
            }
            if (count++ >= MOST_SENSORS) {
                context.broadcast()
                        .warned(source.name() + " names more than " + MOST_SENSORS + " sensors: the rest is left out");
                break;
            }
            newSensors.computeIfAbsent(sensor.place(), _ -> new ArrayList<>()).add(sensor);
        }
        newSensors.forEach(this::addTable);
    }

    private void addTable(Place place, List<Sensor> sensors) {
        String number = tables.isEmpty() ? "" : "_" + (tables.size() + 1);
        TableWriter table = new TableWriter(
                context.broadcast(),
                source.name() + number,
                subject(place),
                Table.Shape.SERIES,
                sensors.stream()
                        .map(sensor -> SampledMetric.gauge(sensor.metric(), sensor.unit()))
                        .toList());
        for (int column = 0; column < sensors.size(); column++) {
            cells.put(sensors.get(column), new Cell(table, column));
        }
        tables.add(table);
    }

    private static Subject subject(Place place) {
        return switch (place) {
            case Place.Machine() -> Subject.PLATFORM;
            case Place.WholeGpu(String uuid) -> Subject.gpu(uuid);
            case Place.InstanceOfGpu(String uuid, int instance) -> Subject.gpuInstance(uuid, instance);
        };
    }
}
