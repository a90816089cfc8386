package io.gpushare.report.chart;

import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.mode.ModeKind;
import io.gpushare.report.ModeColour;
import io.gpushare.report.Rgb;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A table of verdicts: a row for each thing that was tried, a column for each way of sharing, or another condition. A
 * cell has a word and a number beside its colour, and the colours differ in lightness, so that it is read without them
 * too.
 *
 * @param subtitle what a cell says
 * @param footer where it comes from
 */
public record GradeMap(
        String title, String subtitle, List<Column> columns, List<Line> lines, List<String> footer, boolean simulated) {
    private static final double NAMES = 200;
    private static final double MEANINGS = 430;

    /** With more columns, numbers are more wanted than what the names mean. */
    private static final int COLUMNS_BESIDE_MEANINGS = 2;

    private static final double WIDEST_CELL = 430;
    private static final double TALLEST_LINE = 62;
    private static final double HEADING = 48;
    private static final double GAP = 5;
    private static final double PADDING = 20;
    private static final double ROUNDING = 10;
    private static final BasicStroke DASHED = Strokes.dashed(1.5f, 6, 5);

    public GradeMap {
        columns = List.copyOf(columns);
        lines = List.copyOf(lines);
        footer = List.copyOf(footer);
    }

    /** @param mode whose colour it bears, where it is a way of sharing */
    public record Column(String title, Optional<ModeKind> mode) {}

    /** @param meaning what was tried, in some more words than its name */
    public record Line(String name, String meaning, List<Cell> cells) {
        public Line {
            cells = List.copyOf(cells);
        }
    }

    /** @param word of the verdict, and {@code number} that tells how much of it, which may be empty */
    public record Cell(Grade grade, String word, String number) {}

    /** From light to dark. */
    public enum Grade {
        UNKNOWN("#ffffff"),
        GOOD("#d3e7f5"),
        WORSE("#fbd485"),
        MUCH_WORSE("#ee9226"),
        BAD("#6d1a52");

        private final String ground;

        Grade(String ground) {
            this.ground = ground;
        }

        private Rgb ground() {
            return Rgb.of(ground);
        }
    }

    /** @throws GpushareException when it cannot be written */
    public void write(Path file) {
        Fonts.load();
        Picture picture = draw();
        try {
            AtomicFile.write(file, picture::writeTo);
        } catch (IOException failure) {
            throw GpushareException.failed(
                    "picture " + file + " could not be written: " + WriteFailure.reason(failure),
                    "Make room, or name another folder.",
                    failure);
        }
    }

    Picture draw() {
        Picture picture = new Picture();
        Rectangle2D area = PicturePage.begin(
                picture, title, subtitle, new Legend(), footer, HEADING + lines.size() * TALLEST_LINE);
        double height = Math.min(TALLEST_LINE, (area.getHeight() - HEADING) / Math.max(1, lines.size()));
        double meanings = columns.size() <= COLUMNS_BESIDE_MEANINGS ? MEANINGS : 0;
        double left = area.getX() + NAMES + meanings;
        double width = Math.min(WIDEST_CELL, (area.getMaxX() - left) / Math.max(1, columns.size()));
        picture.plot(
                new Rectangle2D.Double(left, area.getY() + HEADING, width * columns.size(), height * lines.size()));
        for (int column = 0; column < columns.size(); column++) {
            drawHeading(picture, columns.get(column), left + column * width, area.getY(), width);
        }
        for (int row = 0; row < lines.size(); row++) {
            Rectangle2D cells = new Rectangle2D.Double(left, area.getY() + HEADING + row * height, width, height);
            drawLine(picture, lines.get(row), area.getX(), meanings, cells);
        }
        if (simulated) {
            picture.markSimulated();
        }
        return picture;
    }

    private static void drawHeading(Picture picture, Column column, double left, double top, double width) {
        double x = left + GAP;
        column.mode()
                .ifPresent(mode ->
                        picture.fill(new Rectangle2D.Double(x, top + 8, 16, 22), Ink.of(Rgb.of(ModeColour.hex(mode)))));
        double indented = column.mode().isPresent() ? x + 28 : x;
        picture.text(Type.HEADING.fit(column.title(), width - 40), Type.HEADING, indented, top + 28, Picture.Side.LEFT);
    }

    /** @param first its first cell */
    private static void drawLine(Picture picture, Line line, double left, double meanings, Rectangle2D first) {
        double baseline = first.getCenterY() + Type.LABEL.capitals() / 2;
        picture.text(Type.VALUE.fit(line.name(), NAMES - 12), Type.VALUE, left, baseline, Picture.Side.LEFT);
        if (meanings > 0) {
            picture.text(
                    Type.TICK.fit(line.meaning(), meanings - 16), Type.TICK, left + NAMES, baseline, Picture.Side.LEFT);
        }
        for (int column = 0; column < line.cells().size(); column++) {
            drawCell(
                    picture,
                    line.cells().get(column),
                    new Rectangle2D.Double(
                            first.getX() + column * first.getWidth() + GAP / 2,
                            first.getY() + GAP / 2,
                            first.getWidth() - GAP,
                            first.getHeight() - GAP));
        }
    }

    private static void drawCell(Picture picture, Cell cell, Rectangle2D box) {
        RoundRectangle2D shape = new RoundRectangle2D.Double(
                box.getX(), box.getY(), box.getWidth(), box.getHeight(), ROUNDING, ROUNDING);
        picture.fill(shape, Ink.of(cell.grade().ground()));
        if (cell.grade() == Grade.UNKNOWN) {
            picture.stroke(shape, Ink.AXIS, DASHED);
        }
        Color ink = cell.grade() == Grade.UNKNOWN
                ? Ink.SOFT
                : Ink.of(cell.grade().ground().ink());
        double left = box.getX() + PADDING;
        double right = box.getMaxX() - PADDING;
        double middle = box.getCenterY() + Type.VALUE.capitals() / 2;
        if (Type.VALUE.width(cell.word()) + PADDING + Type.VALUE.width(cell.number()) <= right - left) {
            picture.text(cell.word(), Type.VALUE, ink, left, middle, Picture.Side.LEFT);
            picture.text(cell.number(), Type.VALUE, ink, right, middle, Picture.Side.RIGHT);
            return;
        }
        double apart = Type.TICK.lineHeight() / 2;
        picture.text(
                Type.VALUE.fit(cell.word(), right - left), Type.VALUE, ink, left, middle - apart, Picture.Side.LEFT);
        picture.text(
                Type.TICK.fit(cell.number(), right - left), Type.TICK, ink, left, middle + apart, Picture.Side.LEFT);
    }
}
