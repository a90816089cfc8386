package io.gpushare.sampling.summary;

import io.gpushare.results.benchmark.GpuUse.Levels;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Levels of every gauge of every subject, while the samples come. Labels and process rows have none. */
public final class SamplingSummary implements SampleListener {
    private static final double P95 = 0.95;

    private final Map<Integer, TableSummary> tables = new ConcurrentSkipListMap<>();

    @Override
    public void tableAdded(Table table) {
        switch (table.shape()) {
            case SERIES -> tables.put(table.number(), new TableSummary(table));
            case EVENTS -> {}
        }
    }

    @Override
    public void row(Table table, Row row) {
        TableSummary summary = tables.get(table.number());
        if (summary != null) {
            summary.add(row);
        }
    }

    /** In the order in which the metrics were declared. Safe to call while samples come. */
    public List<MetricSummary> metrics() {
        List<MetricSummary> all = new ArrayList<>();
        tables.values().forEach(table -> all.addAll(table.metrics()));
        return List.copyOf(all);
    }

    private static final class TableSummary {
        private final Table table;
        private final Map<Integer, Distribution> gauges = new TreeMap<>();
        private long rows;

        TableSummary(Table table) {
            this.table = table;
            for (int column = 0; column < table.metrics().size(); column++) {
                if (table.metrics().get(column).kind() == SampledMetric.Kind.GAUGE) {
                    gauges.put(column, new Distribution());
                }
            }
        }

        synchronized void add(Row row) {
            rows++;
            gauges.forEach((column, distribution) -> {
                if (row.has(column)) {
                    distribution.add(row.value(column));
                }
            });
        }

        synchronized List<MetricSummary> metrics() {
            List<MetricSummary> summaries = new ArrayList<>();
            gauges.forEach((column, values) -> summaries.add(new MetricSummary(
                    table.subject(), table.metrics().get(column), rows - values.count(), levels(values))));
            return summaries;
        }

        private static Optional<Levels> levels(Distribution values) {
            if (values.count() == 0) {
                return Optional.empty();
            }
            return Optional.of(
                    new Levels(values.count(), values.min(), values.mean(), values.quantile(P95), values.max()));
        }
    }
}
