package io.gpushare.text;

import java.util.List;

/** A table as data: {@link TableLayout} lays it out in plain columns. */
public record TextTable(List<Column> columns, List<Row> rows) {
    public TextTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.cells().size() != columns.size() && row.cells().size() != 1) {
                throw new IllegalArgumentException(
                        "a row of " + row.cells().size() + " cells in a table of " + columns.size());
            }
        }
    }

    /**
     * A column.
     *
     * @param number whether it stands on the right of its column, and is never broken
     * @param narrow whether words may be broken into short lines before a column is left away
     * @param toned whether its cells bear the tone of their row; where no column is, whole rows do
     * @param rank 0 for what is always shown; where there is no room, the columns of the highest rank are left away
     *     first
     */
    public record Column(String header, boolean number, boolean narrow, boolean toned, int rank) {
        public static Column text(String header) {
            return new Column(header, false, true, false, 0);
        }

        public static Column number(String header) {
            return new Column(header, true, true, false, 0);
        }

        public Column withRank(int another) {
            return new Column(header, number, narrow, toned, another);
        }

        public Column narrowed() {
            return new Column(header, number, true, toned, rank);
        }

        /** Never broken, and with the tone of its row. */
        public static Column toned(String header) {
            return new Column(header, false, false, true, 0);
        }
    }

    /** @param cells one for each column, or a single one: a title above the rows that follow */
    public record Row(Tone tone, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** Whether the columns of rank 0 have room. */
    public boolean fits(int pageWidth) {
        return new TableLayout(this, 0, false).width() <= pageWidth;
    }

    /** All columns, as wide as their cells. */
    public List<String> lines() {
        return lines(Integer.MAX_VALUE);
    }

    /** @param pageWidth where it has no room for all columns, those of the highest ranks are left away */
    public List<String> lines(int pageWidth) {
        return lines(pageWidth, Painter.NONE);
    }

    public List<String> lines(int pageWidth, Painter painter) {
        return new TableLayout(this, pageWidth, false).lines(painter);
    }
}
