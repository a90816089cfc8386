package io.gpushare.sampling.summary;

import io.gpushare.gpu.ClockEvent;
import io.gpushare.reading.GpuMetric;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How often each clock event was under way: whether a GPU was held back while it was measured. */
public final class ClockEvents implements SampleListener {
    private static final String METRIC = GpuMetric.CLOCK_EVENT_BITS;

    private final Map<Subject, Counts> counts = new LinkedHashMap<>();

    @Override
    public synchronized void row(Table table, Row row) {
        if (table.shape() == Table.Shape.SERIES && table.has(METRIC) && row.has(table.column(METRIC))) {
            counts.computeIfAbsent(table.subject(), gpu -> new Counts()).add((long) row.value(table.column(METRIC)));
        }
    }

    /** GPUs that told their clock events, in the order in which they did. Safe to call while samples come. */
    public synchronized List<GpuClockEvents> gpus() {
        List<GpuClockEvents> all = new ArrayList<>();
        counts.forEach((gpu, count) -> all.add(new GpuClockEvents(gpu, count.samples, count.shares())));
        return List.copyOf(all);
    }

    private static final class Counts {
        private final Map<ClockEvent, Long> samplesWith = new EnumMap<>(ClockEvent.class);
        private long samples;

        void add(long bits) {
            samples++;
            ClockEvent.fromBits(bits).forEach(event -> samplesWith.merge(event, 1L, Long::sum));
        }

        Map<ClockEvent, Double> shares() {
            Map<ClockEvent, Double> shares = new EnumMap<>(ClockEvent.class);
            samplesWith.forEach((event, count) -> shares.put(event, 100.0 * count / samples));
            return shares;
        }
    }
}
