package io.gpushare.cli.terminal;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import io.gpushare.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A table in plain columns, two spaces apart, with a ruled header and no box around it. */
public final class Table<T> {
    private static final int CHARACTERS = 29;
    private static final int BELOW_HEADER = 8;
    private static final Character[] HEADER_RULE_ONLY = new Character[CHARACTERS];

    static {
        HEADER_RULE_ONLY[BELOW_HEADER] = '─';
    }

    private final List<ColumnData<T>> columns = new ArrayList<>();

    public Table<T> text(String header, Function<T, String> cell) {
        return column(header, HorizontalAlign.LEFT, cell);
    }

    /** Right-aligned; the header names the unit. */
    public Table<T> number(String header, Function<T, String> cell) {
        return column(header, HorizontalAlign.RIGHT, cell);
    }

    private Table<T> column(String header, HorizontalAlign align, Function<T, String> cell) {
        columns.add(new Column()
                .header(header)
                .headerAlign(align)
                .dataAlign(align)
                .maxWidth(60)
                .with(row -> SafeText.of(cell.apply(row))));
        return this;
    }

    public String render(List<T> rows) {
        // Each cell comes with a blank on both sides: right between columns, wrong at the edges.
        return AsciiTable.getTable(HEADER_RULE_ONLY, rows, columns)
                .lines()
                .map(line -> line.substring(1, line.length() - 1).stripTrailing())
                .collect(Collectors.joining("\n"));
    }
}
