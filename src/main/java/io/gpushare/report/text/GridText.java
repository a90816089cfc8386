package io.gpushare.report.text;

import io.gpushare.prose.Harmless;
import io.gpushare.prose.Wrapping;
import io.gpushare.report.text.Block.Column;
import io.gpushare.report.text.Block.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table in plain columns. What is too wide for a page: names are broken, then columns left away. */
final class GridText {
    private static final String GAP = "  ";
    private static final int NARROWEST_TEXT = 16;

    private final List<Column> columns;
    private final List<List<String>> rows;
    private final int pageWidth;
    private final List<Integer> widths = new ArrayList<>();

    /** @param whole whether all columns are shown, and the table is rather too wide */
    GridText(Grid grid, int pageWidth, boolean whole) {
        this.columns = grid.columns();
        this.rows = grid.rows().stream()
                .map(row -> row.stream().map(Harmless::of).toList())
                .toList();
        this.pageWidth = pageWidth;
        for (int i = 0; i < columns.size(); i++) {
            widths.add(natural(i));
        }
        squeeze();
        while (!whole && widths.size() > 1 && width() > pageWidth) {
            widths.removeLast();
        }
    }

    private int natural(int column) {
        return Stream.concat(
                        Stream.of(columns.get(column).header()), rows.stream().map(row -> row.get(column)))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    /** The widest text gives way first. */
    private void squeeze() {
        while (width() > pageWidth) {
            int widest = IntStream.range(0, columns.size())
                    .filter(i -> !columns.get(i).number() && widths.get(i) > NARROWEST_TEXT)
                    .boxed()
                    .max((left, right) -> Integer.compare(widths.get(left), widths.get(right)))
                    .orElse(-1);
            if (widest < 0) {
                return;
            }
            int spare = Math.min(width() - pageWidth, widths.get(widest) - NARROWEST_TEXT);
            widths.set(widest, widths.get(widest) - spare);
        }
    }

    private int width() {
        return widths.stream().mapToInt(Integer::intValue).sum() + GAP.length() * (widths.size() - 1);
    }

    List<String> lines() {
        List<String> lines =
                new ArrayList<>(lines(columns.stream().map(Column::header).toList()));
        lines.add("─".repeat(Math.max(0, width())));
        rows.forEach(row -> lines.addAll(lines(row)));
        if (widths.size() < columns.size()) {
            lines.addAll(Wrapping.of("No room here for: " + missing() + ".", pageWidth)
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

    private List<String> lines(List<String> row) {
        List<List<String>> cells = IntStream.range(0, widths.size())
                .mapToObj(i -> parts(row.get(i), widths.get(i)))
                .toList();
        int height = cells.stream().mapToInt(List::size).max().orElse(1);
        return IntStream.range(0, height).mapToObj(line -> line(cells, line)).toList();
    }

    private String line(List<List<String>> cells, int at) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String part = at < cells.get(i).size() ? cells.get(i).get(at) : "";
            String blanks = " ".repeat(Math.max(0, widths.get(i) - part.length()));
            line.append(i == 0 ? "" : GAP).append(columns.get(i).number() ? blanks + part : part + blanks);
        }
        return line.toString().stripTrailing();
    }

    private static List<String> parts(String cell, int width) {
        return Wrapping.of(cell, width)
                .flatMap(word -> IntStream.iterate(0, at -> at == 0 || at < word.length(), at -> at + width)
                        .mapToObj(at -> word.substring(at, Math.min(word.length(), at + width))))
                .toList();
    }
}
