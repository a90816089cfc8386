package io.gpushare.report.text;

import io.gpushare.report.text.Block.Column;
import io.gpushare.report.text.Block.Grid;
import io.gpushare.text.SafeText;
import io.gpushare.text.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table in plain columns. What is too wide for a page: names are broken, then columns left away. */
final class GridText {
    private static final String GAP = "  ";
    private static final int NARROWEST_TEXT = 16;
    private static final int WIDEST_HEADER = 14;

    private final List<Column> columns;
    private final List<List<String>> rows;
    private final int pageWidth;
    private final List<Integer> widths = new ArrayList<>();

    /** @param whole whether all columns are shown, and the table is rather too wide */
    GridText(Grid grid, int pageWidth, boolean whole) {
        this.columns = grid.columns();
        this.rows = grid.rows().stream()
                .map(row -> row.stream().map(SafeText::of).toList())
                .toList();
        this.pageWidth = pageWidth;
        for (int i = 0; i < columns.size(); i++) {
            widths.add(least(i));
        }
        while (!whole && widths.size() > 1 && width() > pageWidth) {
            widths.removeLast();
        }
        for (int i = 0; i < widths.size(); i++) {
            int spare = Math.max(0, pageWidth - width());
            widths.set(i, Math.min(natural(i), widths.get(i) + spare));
        }
    }

    private int least(int column) {
        int natural = natural(column);
        return columns.get(column).number() ? natural : Math.min(natural, NARROWEST_TEXT);
    }

    /** The head of a column of numbers may be broken: it is often wider than they are. */
    private int natural(int column) {
        int widestCell =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        Column shown = columns.get(column);
        int header = shown.number()
                ? Math.min(shown.header().length(), WIDEST_HEADER)
                : shown.header().length();
        return Math.max(widestCell, header);
    }

    private int width() {
        return widths.stream().mapToInt(Integer::intValue).sum() + GAP.length() * (widths.size() - 1);
    }

    List<String> lines() {
        List<String> headers =
                columns.stream().map(column -> SafeText.of(column.header())).toList();
        List<String> lines = new ArrayList<>(lines(headers, true));
        lines.add("─".repeat(Math.max(0, width())));
        rows.forEach(row -> lines.addAll(lines(row, false)));
        if (widths.size() < columns.size()) {
            lines.addAll(Wrapping.of(SafeText.of("No room here for: " + missing() + "."), pageWidth)
                    .toList());
        }
        return lines;
    }

    private String missing() {
        return String.join(
                ", ",
                columns.subList(widths.size(), columns.size()).stream()
                        .map(Column::header)
                        .toList());
    }

    /** @param below of cells with fewer lines than others: whether these stand at the bottom */
    private List<String> lines(List<String> row, boolean below) {
        List<List<String>> cells = IntStream.range(0, widths.size())
                .mapToObj(i -> parts(row.get(i), widths.get(i)))
                .toList();
        int height = cells.stream().mapToInt(List::size).max().orElse(1);
        return IntStream.range(0, height)
                .mapToObj(line -> line(cells, line, below ? height : 0))
                .toList();
    }

    /** @param bottom the height of the row where cells stand at its bottom; 0 where they begin at its top */
    private String line(List<List<String>> cells, int at, int bottom) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            List<String> cell = cells.get(i);
            int place = bottom == 0 ? at : at - (bottom - cell.size());
            String part = place >= 0 && place < cell.size() ? cell.get(place) : "";
            String blanks = " ".repeat(Math.max(0, widths.get(i) - part.length()));
            line.append(i == 0 ? "" : GAP).append(columns.get(i).number() ? blanks + part : part + blanks);
        }
        return line.toString().stripTrailing();
    }

    /** Between words, and inside one that is wider than its column; never inside a character. */
    private static List<String> parts(String cell, int width) {
        List<String> parts = new ArrayList<>();
        for (String words : Wrapping.of(cell, width).toList()) {
            String rest = words;
            while (rest.length() > width) {
                int end = Character.isHighSurrogate(rest.charAt(width - 1)) && width > 1 ? width - 1 : width;
                parts.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            parts.add(rest);
        }
        return parts;
    }
}
