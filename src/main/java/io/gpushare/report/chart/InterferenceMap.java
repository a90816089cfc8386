package io.gpushare.report.chart;

import io.gpushare.report.HeatScale;
import io.gpushare.report.Rgb;
import io.gpushare.study.InterferenceMatrix;
import io.gpushare.study.Section;
import io.gpushare.text.Figure;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Cells: how much a neighbour slows a victim, a map for each way of sharing, all on one scale of colours and with the
 * same workloads in the same order, so that one cell means one pair in all of them.
 */
final class InterferenceMap {
    private static final int MOST_VARIANTS = 16;
    private static final double SCALE_WIDTH = 104;
    private static final double TALLEST_CELL = 190;
    private static final double WIDEST_CELL = 260;
    private static final double ABOVE = 44;
    private static final double BELOW = 66;
    private static final double GAP = 20;

    /** Columns narrower than this have numbers for names. */
    private static final double NARROW = 110;

    private final Section section;
    private final ArmStyles looks;
    private final HeatScale heat;
    private final Picture picture = new Picture();

    private InterferenceMap(Section section, ArmStyles looks) {
        this.section = section;
        this.looks = looks;
        this.heat = HeatScale.of(section);
    }

    static Optional<Picture> of(Section section, ArmStyles looks) {
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

    /** All that are in one of the maps, in the order of the largest. */
    private static List<String> variants(List<InterferenceMatrix> all) {
        return all.stream()
                .sorted(Comparator.comparingInt(
                        (InterferenceMatrix matrix) -> -matrix.variants().size()))
                .flatMap(matrix -> matrix.variants().stream())
                .distinct()
                .toList();
    }

    /** How many maps stay readable beside each other. */
    private static int room(int variants) {
        return variants <= 7 ? 4 : variants <= 10 ? 2 : 1;
    }

    private Picture draw(List<InterferenceMatrix> all) {
        List<InterferenceMatrix> matrices = all.stream()
                .sorted(Comparator.comparingLong(
                                (InterferenceMatrix matrix) -> cells(matrix).count())
                        .reversed())
                .limit(room(variants(all).size()))
                .sorted(Comparator.comparing(InterferenceMatrix::arm))
                .toList();
        List<String> variants = variants(matrices);
        List<String> shown = variants.subList(0, Math.min(MOST_VARIANTS, variants.size()));
        List<String> footer = new ArrayList<>();
        footer.add(Caption.source(
                        section,
                        matrices.stream().flatMap(InterferenceMap::cells).mapToInt(InterferenceMatrix.Cell::n))
                + " · mean slowdown of the victim's throughput against alone; colours on a logarithmic scale"
                + " · – is not known");
        footer.addAll(
                Caption.leftOut(matrices.size(), all.size(), "ways of sharing", "chosen by how many pairs were run"));
        if (shown.size() < variants.size()) {
            footer.add("The first " + shown.size() + " of " + variants.size()
                    + " workloads are shown; all are in the tables.");
        }
        int columns = matrices.size() == 1 ? 1 : 2;
        int rows = Math.ceilDiv(matrices.size(), columns);
        Rectangle2D area = PicturePage.begin(
                picture,
                "Who slows whom · " + section.title(),
                "Rows: the victim. Columns: its neighbour. In a cell: how many times slower the victim is than alone.",
                new Legend(),
                footer,
                rows * (ABOVE + shown.size() * TALLEST_CELL + BELOW) + (rows - 1) * GAP);
        drawScale(Axis.logarithmic(1, heat.most(), 0.055), area);
        Rectangle2D maps =
                new Rectangle2D.Double(area.getX(), area.getY(), area.getWidth() - SCALE_WIDTH - 30, area.getHeight());
        List<Rectangle2D> places = PicturePage.grid(maps, rows, columns, 40, GAP);
        for (int i = 0; i < matrices.size(); i++) {
            drawMatrix(matrices.get(i), shown, places.get(i));
        }
        return picture;
    }

    private void drawScale(Axis colours, Rectangle2D area) {
        double left = area.getMaxX() - SCALE_WIDTH;
        Rectangle2D bar = new Rectangle2D.Double(left, area.getY() + 44, 30, area.getHeight() - 60);
        for (int i = 0; i < bar.getHeight(); i++) {
            picture.fill(
                    new Rectangle2D.Double(left, bar.getMaxY() - i - 1, 30, 1.5),
                    Ink.of(HeatScale.at(i / (bar.getHeight() - 1))));
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

    private void drawMatrix(InterferenceMatrix matrix, List<String> variants, Rectangle2D place) {
        int size = variants.size();
        double names = Math.min(300, place.getWidth() * 0.34);
        boolean numbered = (place.getWidth() - names) / size < NARROW;
        Rectangle2D room = PicturePage.inside(place, names, ABOVE, numbered ? 40 : BELOW, 0);
        double width = Math.min(room.getWidth() / size, WIDEST_CELL);
        double height = Math.min(room.getHeight() / size, TALLEST_CELL);
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
            rowName(number + variants.get(row), plot.getX() - 14, middle, names - 20, height);
            for (int column = 0; column < size; column++) {
                Rectangle2D cell =
                        new Rectangle2D.Double(plot.getX() + column * width, plot.getY() + row * height, width, height);
                drawCell(slowdown(matrix, variants.get(row), variants.get(column)), cell);
            }
        }
        for (int column = 0; column < size; column++) {
            columnName(
                    numbered ? Integer.toString(column + 1) : variants.get(column),
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

    private static OptionalDouble slowdown(InterferenceMatrix matrix, String victim, String neighbour) {
        int row = matrix.variants().indexOf(victim);
        int column = matrix.variants().indexOf(neighbour);
        return row < 0 || column < 0
                ? OptionalDouble.empty()
                : matrix.cells().get(row).get(column).stream()
                        .mapToDouble(InterferenceMatrix.Cell::slowdown)
                        .filter(value -> Double.isFinite(value) && value > 0)
                        .findFirst();
    }

    private void drawCell(OptionalDouble slowdown, Rectangle2D cell) {
        Rectangle2D inner =
                new Rectangle2D.Double(cell.getX() + 1, cell.getY() + 1, cell.getWidth() - 2, cell.getHeight() - 2);
        if (slowdown.isEmpty()) {
            picture.stroke(inner, Ink.GRID, new BasicStroke(1.5f));
            centred("–", Type.TICK, Ink.SOFT, inner);
            return;
        }
        Rgb ground = HeatScale.at(heat.share(slowdown.getAsDouble()));
        picture.fill(inner, Ink.of(ground));
        String digits = Figure.of(slowdown.getAsDouble());
        if (Type.VALUE.width(digits + "×") <= inner.getWidth() - 4) {
            centred(digits + "×", Type.VALUE, Ink.of(ground.ink()), inner);
        } else {
            centred(Type.TICK.fit(digits, inner.getWidth()), Type.TICK, Ink.of(ground.ink()), inner);
        }
    }

    private void centred(String words, Type type, Color colour, Rectangle2D box) {
        picture.text(
                words, type, colour, box.getCenterX(), box.getCenterY() + type.capitals() / 2, Picture.Side.CENTRE);
    }
}
