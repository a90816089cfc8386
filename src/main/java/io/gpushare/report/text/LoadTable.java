package io.gpushare.report.text;

import io.gpushare.report.text.Block.Grid;
import io.gpushare.study.arm.LoadStudy;
import io.gpushare.study.arm.LoadStudy.Way;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import io.gpushare.text.Figure;
import io.gpushare.text.TableColumns;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** A row for each way of serving a load: what it was asked, and how it answered. */
final class LoadTable {
    private final List<Row> rows;
    private final TableColumns<Row> table = new TableColumns<>();

    private LoadTable(LoadStudy study) {
        this.rows = study.levels().stream()
                .flatMap(level -> level.ways().stream().map(way -> new Row(level.total(), way)))
                .toList();
    }

    private record Row(double total, Way way) {
        Optional<Estimate> estimate(Metric metric) {
            return way.arm().estimate(metric);
        }
    }

    static Grid of(LoadStudy study) {
        return new LoadTable(study).grid(study.open() ? "Total /s" : "Clients");
    }

    private Grid grid(String total) {
        table.number(total, row -> Figure.asTyped(row.total()))
                .number("Replicas", row -> Integer.toString(row.way().replicas()))
                .text("Sharing", row -> row.way().arm().key().label())
                .number("n", row -> Integer.toString(row.way().arm().runs().size()));
        add("Due /s", 5, Metrics.REQUESTS_DUE, Figure::of);
        add("Answered /s", 0, Metrics.REQUESTS_ANSWERED, Figure::of);
        add("p50 ms", 4, Metrics.REQUEST_P50, Figure::of);
        add("p99 ms", 0, Metrics.REQUEST_P99, Figure::of);
        add("Good", 1, Metrics.GOODPUT_SHARE, Figure::percent);
        add("In bound", 1, Metrics.SLO_ATTAINMENT, Figure::percent);
        add("Errors", 2, Metrics.REQUESTS_FAILED, Figure::percent);
        add("J each", 3, Metrics.JOULES_PER_REQUEST, Figure::of);
        return new Grid(table.of(rows));
    }

    /** Where anybody has it. */
    private void add(String header, int rank, Metric metric, DoubleFunction<String> words) {
        if (rows.stream().anyMatch(row -> row.estimate(metric).isPresent())) {
            table.number(header, rank, row -> {
                int runs = row.way().arm().runs().size();
                return row.estimate(metric)
                        .map(known -> words.apply(known.mean()) + (known.n() == runs ? "" : " (" + known.n() + ")"))
                        .orElse(Figure.UNKNOWN);
            });
        }
    }
}
