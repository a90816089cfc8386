package io.gpushare.report.contrast;

import io.gpushare.compare.MetricChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Metrics below each other: those of the whole run, then each variant's below its name. */
final class MetricTable {
    private static final String GAP = "  ";
    private static final String RULE = "─";
    private static final String INDENT = "  ";

    /** @param always whether it stays on a narrow terminal */
    private record Column(String header, boolean left, boolean always, Function<MetricRow, String> cell) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("Metric", true, true, MetricRow::metric),
            new Column("Baseline", false, true, MetricRow::baseline),
            new Column("n", false, false, MetricRow::baselineRuns),
            new Column("Contender", false, true, MetricRow::contender),
            new Column("n", false, false, MetricRow::contenderRuns),
            new Column("Change", false, true, MetricRow::percent),
            new Column("95 % interval", false, false, MetricRow::interval),
            new Column("p", false, false, MetricRow::p),
            new Column("", true, true, MetricRow::judgement));

    private MetricTable() {}

    /** @param width what the terminal has: where it is too narrow for all columns, those that matter most stay */
    static List<Line> lines(List<MetricChange> changes, int width) {
        Map<String, List<MetricRow>> byVariant = new LinkedHashMap<>();
        for (MetricChange change : changes) {
            byVariant
                    .computeIfAbsent(change.metric().variant().orElse(""), _ -> new ArrayList<>())
                    .add(new MetricRow(change));
        }
        List<Line> all = lines(byVariant, COLUMNS);
        boolean fits = all.stream().allMatch(line -> length(line.text()) <= width);
        return fits
                ? all
                : lines(byVariant, COLUMNS.stream().filter(Column::always).toList());
    }

    private static List<Line> lines(Map<String, List<MetricRow>> byVariant, List<Column> columns) {
        List<MetricRow> rows = byVariant.values().stream().flatMap(List::stream).toList();
        int[] widths = columns.stream()
                .mapToInt(column -> Math.max(
                        length(column.header()),
                        rows.stream()
                                .mapToInt(row -> length(column.cell().apply(row)))
                                .max()
                                .orElse(0)))
                .toArray();
        boolean indented = byVariant.keySet().stream().anyMatch(variant -> !variant.isEmpty());
        widths[0] += indented ? INDENT.length() : 0;
        List<Line> lines = new ArrayList<>();
        lines.add(Line.whole(
                Tone.PLAIN, cells(columns.stream().map(Column::header).toList(), columns, widths)));
        int total = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
        lines.add(Line.whole(Tone.PLAIN, RULE.repeat(total)));
        byVariant.forEach((variant, own) -> {
            if (!variant.isEmpty()) {
                lines.add(Line.whole(Tone.HEADING, variant));
            }
            for (MetricRow row : own) {
                List<String> cells = new ArrayList<>(
                        columns.stream().map(column -> column.cell().apply(row)).toList());
                if (!variant.isEmpty()) {
                    cells.set(0, INDENT + cells.getFirst());
                }
                lines.add(Line.whole(row.tone(), cells(cells, columns, widths)));
            }
        });
        return lines;
    }

    private static String cells(List<String> cells, List<Column> columns, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String space = " ".repeat(widths[i] - length(cell));
            line.append(i == 0 ? "" : GAP).append(columns.get(i).left() ? cell + space : space + cell);
        }
        return line.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
