package io.gpushare.report.contrast;

import io.gpushare.compare.MetricChange;
import io.gpushare.text.TableColumns;
import io.gpushare.text.TextTable;
import io.gpushare.text.TextTable.Row;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Metrics below each other: those of the whole run, then those of each variant below its name. */
final class MetricTable {
    /** The rank of columns that a narrow terminal does without. */
    private static final int DETAIL = 1;

    private static final TableColumns<MetricRow> COLUMNS = new TableColumns<MetricRow>()
            .text("Metric", MetricRow::indentedMetric)
            .number("Baseline", MetricRow::baseline)
            .number("n", DETAIL, MetricRow::baselineRuns)
            .number("Contender", MetricRow::contender)
            .number("n", DETAIL, MetricRow::contenderRuns)
            .number("Change", MetricRow::percent)
            .number("95 % interval", DETAIL, MetricRow::interval)
            .number("p", DETAIL, MetricRow::p)
            .text("", MetricRow::judgement);

    private MetricTable() {}

    static TextTable of(List<MetricChange> changes) {
        Map<String, List<Row>> byVariant = new LinkedHashMap<>();
        for (MetricChange change : changes) {
            MetricRow row = new MetricRow(change);
            byVariant
                    .computeIfAbsent(change.metric().variant().orElse(""), _ -> new ArrayList<>())
                    .add(COLUMNS.row(row.tone(), row));
        }
        List<Row> rows = new ArrayList<>();
        byVariant.forEach((variant, own) -> {
            if (!variant.isEmpty()) {
                rows.add(new Row(Tone.HEADING, List.of(variant)));
            }
            rows.addAll(own);
        });
        return COLUMNS.table(rows);
    }
}
