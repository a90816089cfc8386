package io.gpushare.text;

import io.gpushare.text.TextTable.Column;
import io.gpushare.text.TextTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The columns of a table whose rows are made of things of one kind. */
public final class TableColumns<T> {
    private final List<Column> columns = new ArrayList<>();
    private final List<Function<T, String>> cells = new ArrayList<>();

    public TableColumns<T> text(String header, Function<T, String> cell) {
        return column(new Column(header, false, false, false, 0), cell);
    }

    /** Right-aligned; the header names the unit. */
    public TableColumns<T> number(String header, Function<T, String> cell) {
        return number(header, 0, cell);
    }

    /** @param rank where there is no room, the columns of the highest rank are left away first; 0 is always shown */
    public TableColumns<T> number(String header, int rank, Function<T, String> cell) {
        return column(new Column(header, true, false, false, rank), cell);
    }

    private TableColumns<T> column(Column column, Function<T, String> cell) {
        columns.add(column);
        cells.add(cell);
        return this;
    }

    /** All columns, as wide as their cells. */
    public String render(List<T> things) {
        return String.join("\n", of(things).lines());
    }

    public Row row(Tone tone, T thing) {
        return new Row(tone, cells.stream().map(cell -> cell.apply(thing)).toList());
    }

    public TextTable of(List<T> things) {
        return table(things.stream().map(thing -> row(Tone.PLAIN, thing)).toList());
    }

    public TextTable table(List<Row> rows) {
        return new TextTable(columns, rows);
    }
}
