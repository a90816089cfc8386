package io.gpushare.report.chart;

import io.gpushare.study.InterferenceMatrix;
import io.gpushare.study.Section;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Cells: how much a neighbour slows a victim, a map for each way of sharing, all on one scale of colours. */
final class InterferenceMap {
    private static final int MOST_VARIANTS = 16;
    private static final double SCALE_WIDTH = 104;
    private static final double LEAST_TOP = 4;

    /** Columns narrower than this have numbers for names. */
    private static final double NARROW = 110;

    private final Section section;
    private final Looks looks;
    private final Picture picture = new Picture();

    private InterferenceMap(Section section, Looks looks) {
        this.section = section;
        this.looks = looks;
    }

    static Optional<Picture> of(Section section, Looks looks) {
        List<InterferenceMatrix> matrices = section.interference().stream()
                .filter(matrix -> cells(matrix).findAny().isPresent())
                .toList();
        return matrices.isEmpty() ? Optional.empty() : Optional.of(new InterferenceMap(section, looks).draw(matrices));
    }

    private static Stream<InterferenceMatrix.Cell> cells(InterferenceMatrix matrix) {
        return matrix.cells().stream()
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .filter(cell -> Double.isFinite(cell.slowdown()) && cell.slowdown() > 0);
    }

    /** How many maps stay readable beside each other. */
    private static int room(List<InterferenceMatrix> all) {
        int largest =
                all.stream().mapToInt(matrix -> matrix.variants().size()).max().orElse(0);
        return largest <= 7 ? 4 : largest <= 10 ? 2 : 1;
    }

    private Picture draw(List<InterferenceMatrix> all) {
        List<InterferenceMatrix> matrices = all.stream()
                .sorted(java.util.Comparator.comparingLong(
                                (InterferenceMatrix matrix) -> cells(matrix).count())
                        .reversed())
                .limit(room(all))
                .sorted(java.util.Comparator.comparing(InterferenceMatrix::arm))
                .toList();
        List<String> footer = new ArrayList<>();
        footer.add(Caption.source(
                        section,
                        matrices.stream().flatMap(InterferenceMap::cells).mapToInt(InterferenceMatrix.Cell::n))
                + " · mean slowdown of the victim's throughput against alone; colours on a logarithmic scale");
        footer.addAll(
                Caption.leftOut(matrices.size(), all.size(), "ways of sharing", "chosen by how many pairs were run"));
        matrices.stream()
                .filter(matrix -> matrix.variants().size() > MOST_VARIANTS)
                .findFirst()
                .ifPresent(matrix -> footer.add("The first " + MOST_VARIANTS + " of "
                        + matrix.variants().size() + " workloads are shown; all are in the tables."));
        Rectangle2D area = Page.begin(
                picture,
                "Who slows whom · " + section.title(),
                "Rows: the victim. Columns: its neighbour. In a cell: how many times slower the victim is than alone.",
                new Legend(),
                footer);
        double top = matrices.stream()
                .flatMap(InterferenceMap::cells)
                .mapToDouble(InterferenceMatrix.Cell::slowdown)
                .max()
                .orElse(1);
        Axis colours = Axis.logarithmic(1, Math.max(LEAST_TOP, top), 0.055);
        drawScale(colours, area);
        Rectangle2D maps =
                new Rectangle2D.Double(area.getX(), area.getY(), area.getWidth() - SCALE_WIDTH - 30, area.getHeight());
        int columns = matrices.size() == 1 ? 1 : 2;
        int rows = (matrices.size() + columns - 1) / columns;
        List<Rectangle2D> places = Page.grid(maps, rows, columns, 40, 20);
        for (int i = 0; i < matrices.size(); i++) {
            drawMatrix(matrices.get(i), places.get(i), colours);
        }
        return picture;
    }

    private void drawScale(Axis colours, Rectangle2D area) {
        double left = area.getMaxX() - SCALE_WIDTH;
        Rectangle2D bar = new Rectangle2D.Double(left, area.getY() + 44, 30, area.getHeight() - 60);
        for (int i = 0; i < bar.getHeight(); i++) {
            picture.fill(
                    new Rectangle2D.Double(left, bar.getMaxY() - i - 1, 30, 1.5), Heat.at(i / (bar.getHeight() - 1)));
        }
        picture.legend(bar);
        picture.text("slower", Type.TICK, left, area.getY() + 24, Picture.Side.LEFT);
        double free = Double.POSITIVE_INFINITY;
        for (Axis.Tick tick : colours.ticks()) {
            double y = bar.getMaxY() - colours.place(tick.value()) * bar.getHeight();
            if (y > free) {
                continue;
            }
            picture.line(bar.getMaxX(), y, bar.getMaxX() + 6, y, Ink.AXIS, 2);
            picture.text(
                    tick.label() + "×", Type.TICK, bar.getMaxX() + 11, y + Type.TICK.capitals() / 2, Picture.Side.LEFT);
            free = y - Type.TICK.lineHeight();
        }
    }

    private void drawMatrix(InterferenceMatrix matrix, Rectangle2D place, Axis colours) {
        int size = Math.min(MOST_VARIANTS, matrix.variants().size());
        double names = Math.min(300, place.getWidth() * 0.34);
        boolean numbered = (place.getWidth() - names) / size < NARROW;
        double below = numbered ? 40 : 66;
        Rectangle2D room = Page.inside(place, names, 44, below, 0);
        double width = Math.min(room.getWidth() / size, 260);
        double height = Math.min(room.getHeight() / size, 190);
        Rectangle2D plot = new Rectangle2D.Double(room.getX(), room.getY(), width * size, height * size);
        picture.plot(plot);
        picture.fill(
                new Rectangle2D.Double(place.getX(), place.getY() + 5, 16, 22),
                looks.of(matrix.arm()).colour());
        picture.text(
                Type.HEADING.fit(matrix.name(), place.getWidth() - 30),
                Type.HEADING,
                place.getX() + 28,
                place.getY() + 25,
                Picture.Side.LEFT);
        for (int row = 0; row < size; row++) {
            double middle = plot.getY() + (row + 0.5) * height;
            String number = numbered ? (row + 1) + "  " : "";
            rowName(number + matrix.variants().get(row), plot.getX() - 14, middle, names - 20, height);
            for (int column = 0; column < size; column++) {
                Rectangle2D cell =
                        new Rectangle2D.Double(plot.getX() + column * width, plot.getY() + row * height, width, height);
                drawCell(matrix.cells().get(row).get(column), cell, colours);
            }
        }
        for (int column = 0; column < size; column++) {
            columnName(
                    numbered ? Integer.toString(column + 1) : matrix.variants().get(column),
                    plot.getX() + (column + 0.5) * width,
                    plot.getMaxY(),
                    width - 8);
        }
    }

    private void rowName(String variant, double right, double middle, double room, double height) {
        int most = (int) Math.clamp(Math.floor(height / Type.TICK.lineHeight()), 1, 3);
        List<String> lines = Type.TICK.lines(variant, room, most);
        double baseline = middle + Type.TICK.capitals() / 2 - (lines.size() - 1) * Type.TICK.lineHeight() / 2;
        for (String line : lines) {
            picture.text(line, Type.TICK, Ink.TEXT, right, baseline, Picture.Side.RIGHT);
            baseline += Type.TICK.lineHeight();
        }
    }

    private void columnName(String variant, double middle, double top, double room) {
        double baseline = top + 26;
        for (String line : Type.TICK.lines(variant, room, 2)) {
            picture.text(line, Type.TICK, Ink.TEXT, middle, baseline, Picture.Side.CENTRE);
            baseline += Type.TICK.lineHeight();
        }
    }

    private void drawCell(Optional<InterferenceMatrix.Cell> measured, Rectangle2D cell, Axis colours) {
        Rectangle2D inner =
                new Rectangle2D.Double(cell.getX() + 1, cell.getY() + 1, cell.getWidth() - 2, cell.getHeight() - 2);
        Optional<InterferenceMatrix.Cell> known =
                measured.filter(value -> Double.isFinite(value.slowdown()) && value.slowdown() > 0);
        if (known.isEmpty()) {
            picture.stroke(inner, Ink.GRID, new BasicStroke(1.5f));
            String words = Type.TICK.width("not known") < inner.getWidth() - 4 ? "not known" : "–";
            centred(words, Type.TICK, Ink.SOFT, inner);
            return;
        }
        double slowdown = known.get().slowdown();
        Color ground = Heat.at(Math.clamp(colours.place(Math.max(1, slowdown)), 0, 1));
        picture.fill(inner, ground);
        String value = Digits.of(slowdown) + "×";
        if (Type.VALUE.width(value) <= inner.getWidth() - 4) {
            centred(value, Type.VALUE, Ink.on(ground), inner);
        } else {
            centred(Type.TICK.fit(Digits.of(slowdown), inner.getWidth()), Type.TICK, Ink.on(ground), inner);
        }
    }

    private void centred(String words, Type type, Color colour, Rectangle2D box) {
        picture.text(
                words, type, colour, box.getCenterX(), box.getCenterY() + type.capitals() / 2, Picture.Side.CENTRE);
    }
}
