package io.gpushare.text;

import io.gpushare.text.TextTable.Column;
import io.gpushare.text.TextTable.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A table in plain columns, two spaces apart, with a rule below its headers and no box around it. */
public final class TableLayout {
    private static final String GAP = "  ";
    /** Words of a column that may be narrow are not broken into shorter lines than that. */
    private static final int NARROWEST = 16;
    /** The header of a column of numbers that may be narrow: it is often wider than they are. */
    private static final int WIDEST_HEADER = 14;
    /** Longer texts of a column that may not be narrow go on in the next line. */
    private static final int WIDEST_CELL = 58;

    private final List<Column> columns;
    private final List<List<String>> rows;
    private final List<Row> table;
    private final List<Integer> shown;
    private final int[] widths;

    /**
     * @param pageWidth words are broken and columns left away until the table has no more
     * @param whole whether no column is left away, and the table is rather too wide
     */
    public TableLayout(TextTable table, int pageWidth, boolean whole) {
        this.columns = table.columns();
        this.table = table.rows();
        this.rows = this.table.stream()
                .map(row -> row.cells().stream().map(SafeText::of).toList())
                .toList();
        this.widths = IntStream.range(0, columns.size()).map(this::least).toArray();
        this.shown = new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
        while (!whole && width() > pageWidth && leaveHighestRankAway()) {}
        // Those that lack least come first, so that one long name breaks no others.
        shown.stream()
                .sorted(Comparator.comparingInt(column -> natural(column) - widths[column]))
                .forEach(column -> {
                    int spare = Math.max(0, pageWidth - width());
                    widths[column] = (int) Math.min(natural(column), (long) widths[column] + spare);
                });
    }

    private boolean leaveHighestRankAway() {
        int highest = shown.stream()
                .mapToInt(column -> columns.get(column).rank())
                .max()
                .orElse(0);
        return highest > 0 && shown.removeIf(column -> columns.get(column).rank() == highest);
    }

    private int least(int column) {
        Column shown = columns.get(column);
        return shown.narrow() && !shown.number() ? Math.min(natural(column), NARROWEST) : natural(column);
    }

    private int natural(int column) {
        Column shown = columns.get(column);
        int header = shown.header().length();
        int cell = rows.stream()
                .filter(cells -> !isTitle(cells))
                .mapToInt(cells -> cells.get(column).length())
                .max()
                .orElse(0);
        if (!shown.narrow()) {
            return Math.min(WIDEST_CELL, Math.max(header, cell));
        }
        return Math.max(cell, shown.number() ? Math.min(header, WIDEST_HEADER) : header);
    }

    private boolean isTitle(List<String> cells) {
        return cells.size() < columns.size();
    }

    int width() {
        return shown.stream().mapToInt(column -> widths[column]).sum() + GAP.length() * (shown.size() - 1);
    }

    /** The headers of the columns that are left away. */
    public List<String> leftAway() {
        return IntStream.range(0, columns.size())
                .filter(column -> !shown.contains(column))
                .mapToObj(column -> columns.get(column).header())
                .distinct()
                .toList();
    }

    public List<String> lines(Painter painter) {
        List<String> headers =
                columns.stream().map(column -> SafeText.of(column.header())).toList();
        List<String> lines = new ArrayList<>(lines(headers, true, UnaryOperator.identity()));
        lines.add("─".repeat(Math.max(0, width())));
        for (int i = 0; i < rows.size(); i++) {
            Row row = table.get(i);
            List<String> cells = rows.get(i);
            UnaryOperator<String> toned = text -> text.isEmpty() ? text : painter.paint(row.tone(), text);
            if (isTitle(cells)) {
                lines.add(toned.apply(cells.getFirst()));
            } else if (columns.stream().anyMatch(Column::toned)) {
                lines.addAll(lines(cells, false, toned));
            } else {
                lines(cells, false, UnaryOperator.identity()).forEach(line -> lines.add(toned.apply(line)));
            }
        }
        return lines;
    }

    /** @param atBottom whether cells with fewer lines than others stand at the bottom of the row */
    private List<String> lines(List<String> cells, boolean atBottom, UnaryOperator<String> toned) {
        List<List<String>> parts = shown.stream()
                .map(column -> parts(cells.get(column), widths[column]))
                .toList();
        int height = parts.stream().mapToInt(List::size).max().orElse(1);
        return IntStream.range(0, height)
                .mapToObj(line -> line(parts, line, atBottom ? height : 0, toned))
                .toList();
    }

    /** @param height of the row where cells stand at its bottom; 0 where they begin at its top */
    private String line(List<List<String>> cells, int at, int height, UnaryOperator<String> toned) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            List<String> cell = cells.get(i);
            int place = height == 0 ? at : at - (height - cell.size());
            String part = place >= 0 && place < cell.size() ? cell.get(place) : "";
            String blanks = " ".repeat(Math.max(0, widths[shown.get(i)] - part.length()));
            Column column = columns.get(shown.get(i));
            String text = column.toned() ? toned.apply(part) : part;
            line.append(i == 0 ? "" : GAP).append(column.number() ? blanks + text : text + blanks);
        }
        return line.toString().stripTrailing();
    }

    /** Between words, and inside one that is wider than its column; never inside a character. */
    private static List<String> parts(String cell, int width) {
        if (cell.length() <= width) {
            return List.of(cell);
        }
        List<String> parts = new ArrayList<>();
        for (String words : Wrapping.of(cell, width).toList()) {
            String rest = words;
            while (rest.length() > width) {
                boolean inside = Character.isHighSurrogate(rest.charAt(width - 1));
                int end = !inside ? width : width > 1 ? width - 1 : 2;
                parts.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            parts.add(rest);
        }
        return parts;
    }
}
