package io.gpushare.experiment.passthrough;

import io.gpushare.experiment.passthrough.StateReading.GpuLevel;
import io.gpushare.experiment.passthrough.StateReading.SensorLevel;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.reading.Absence;
import io.gpushare.reading.GpuMetric;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Keeps what the machine's baseboard and the GPUs' driver say while a state lasts. Safe for use by several threads. */
public final class MachineRecord implements SampleListener {
    /** Of the baseboard, however many tables its sensors need. */
    private static final Pattern TABLES = Pattern.compile("(ipmi|dcmi)(_\\d+)?");

    private static final double NANOS_PER_SECOND = 1e9;

    /** With fewer, one that is wrong decides. */
    private static final int LEAST_LOOKS = 2;

    private static final Absence NO_LOOK = new Absence(Absence.Kind.NO_DATA, "it had fewer than two readings then");

    private final Map<String, Series> sensors = new TreeMap<>();
    private final Map<Subject, Map<String, Series>> gpus =
            new TreeMap<>((one, other) -> one.id().compareTo(other.id()));

    private record Reason(long fromNanos, Optional<Absence> why) {}

    private record Series(String unit, List<Long> atNanos, List<Double> values, List<Reason> reasons) {
        static Series of(SampledMetric metric) {
            return new Series(metric.unit(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public synchronized void row(Table table, Row row) {
        for (int column = 0; column < row.columns(); column++) {
            Optional<Series> series = series(table, column);
            if (series.isPresent() && row.has(column)) {
                series.get().atNanos().add(row.elapsedNanos());
                series.get().values().add(row.value(column));
            }
        }
    }

    @Override
    public synchronized void absenceChanged(Table table, AbsenceChange change) {
        series(table, change.column())
                .ifPresent(series -> series.reasons().add(new Reason(change.elapsedNanos(), change.absence())));
    }

    private Optional<Series> series(Table table, int column) {
        SampledMetric metric = table.metrics().get(column);
        if (table.subject().equals(Subject.PLATFORM)
                && TABLES.matcher(table.name()).matches()) {
            return Optional.of(sensors.computeIfAbsent(metric.name(), _ -> Series.of(metric)));
        }
        boolean wanted = table.subject().kind() == Subject.Kind.GPU
                && (metric.name().equals(GpuMetric.POWER_W) || metric.name().equals(GpuMetric.GPU_UTILIZATION_PERCENT));
        return wanted
                ? Optional.of(gpus.computeIfAbsent(table.subject(), _ -> new TreeMap<>())
                        .computeIfAbsent(metric.name(), _ -> Series.of(metric)))
                : Optional.empty();
    }

    /** @param fromNanos and {@code toNanos}: since sampling began, without the ramp */
    public synchronized StateReading reading(State state, List<GpuIdentity> identities, long fromNanos, long toNanos) {
        List<SensorLevel> levels = new ArrayList<>();
        sensors.forEach((name, series) -> levels.add(level(name, series, fromNanos, toNanos)));
        return new StateReading(
                state,
                (toNanos - fromNanos) / NANOS_PER_SECOND,
                levels,
                identities.stream()
                        .map(gpu -> new GpuLevel(
                                gpu.index(),
                                mean(gpu, GpuMetric.POWER_W, fromNanos, toNanos),
                                mean(gpu, GpuMetric.GPU_UTILIZATION_PERCENT, fromNanos, toNanos)))
                        .toList());
    }

    private static SensorLevel level(String name, Series series, long from, long to) {
        long before = from;
        long longest = 0;
        double sum = 0;
        int looks = 0;
        for (int place = 0; place < series.values().size(); place++) {
            long at = series.atNanos().get(place);
            if (at >= from && at < to) {
                looks++;
                sum += series.values().get(place);
                longest = Math.max(longest, at - before);
                before = at;
            }
        }
        longest = Math.max(longest, to - before);
        Reading<Double> mean = looks >= LEAST_LOOKS ? Reading.of(sum / looks) : Reading.absent(NO_LOOK);
        return new SensorLevel(
                name, series.unit(), mean, looks, longest / NANOS_PER_SECOND, reasons(series.reasons(), from, to));
    }

    /** Those that held at any moment from here to there. */
    private static List<String> reasons(List<Reason> reasons, long from, long to) {
        Set<String> words = new LinkedHashSet<>();
        for (int place = 0; place < reasons.size(); place++) {
            long until = place + 1 < reasons.size() ? reasons.get(place + 1).fromNanos() : Long.MAX_VALUE;
            if (reasons.get(place).fromNanos() < to && until > from) {
                reasons.get(place).why().map(Absence::reason).ifPresent(words::add);
            }
        }
        return List.copyOf(words);
    }

    private Reading<Double> mean(GpuIdentity gpu, String metric, long from, long to) {
        Series series = gpus.getOrDefault(Subject.gpu(gpu.uuid()), Map.of()).get(metric);
        if (series == null) {
            return Reading.absent(Absence.Kind.NO_DATA);
        }
        double sum = 0;
        int count = 0;
        for (int place = 0; place < series.values().size(); place++) {
            if (series.atNanos().get(place) >= from && series.atNanos().get(place) < to) {
                sum += series.values().get(place);
                count++;
            }
        }
        return count == 0 ? Reading.absent(Absence.Kind.NO_DATA) : Reading.of(sum / count);
    }
}
