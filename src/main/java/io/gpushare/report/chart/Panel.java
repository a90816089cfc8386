package io.gpushare.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** A plot in a picture: two axes, and what lies between them. */
final class Panel {
    /** What the labels of its axes take. */
    static final double LEFT = 78;

    static final double BELOW = 34;
    private static final double CAP = 7;
    /** Between a plot and the labels to its left. */
    private static final double BESIDE = 10;

    record Point(double x, double y) {}

    private final Picture picture;
    private final Rectangle2D area;
    private final Axis x;
    private final Axis y;

    /** @param area between the axes */
    Panel(Picture picture, Rectangle2D area, Axis x, Axis y) {
        this.picture = picture;
        this.area = area;
        this.x = x;
        this.y = y;
        picture.plot(area);
    }

    /** In a cell, below its heading and the unit of its vertical axis, with both axes and lines across. */
    static Panel headed(Picture picture, Rectangle2D cell, double right, String heading, String unit, Axis x, Axis y) {
        Panel panel = new Panel(picture, PicturePage.inside(cell, LEFT, 66, BELOW + 26, right), x, y);
        picture.text(
                Type.HEADING.fit(heading, cell.getWidth()),
                Type.HEADING,
                cell.getX(),
                cell.getY() + 24,
                Picture.Side.LEFT);
        picture.text(unit, Type.TICK, cell.getX(), cell.getY() + 51, Picture.Side.LEFT);
        panel.horizontalGrid();
        panel.labelX();
        panel.labelY();
        return panel;
    }

    /** What the horizontal axis is of. */
    void nameX(String words) {
        picture.text(words, Type.TICK, area.getCenterX(), area.getMaxY() + 53, Picture.Side.CENTRE);
    }

    Rectangle2D area() {
        return area;
    }

    double atX(double value) {
        return area.getMinX() + x.place(value) * area.getWidth();
    }

    double atY(double value) {
        return area.getMaxY() - y.place(value) * area.getHeight();
    }

    void verticalGrid() {
        for (Axis.Tick tick : x.ticks()) {
            picture.line(atX(tick.value()), area.getMinY(), atX(tick.value()), area.getMaxY(), Ink.GRID, 1.5f);
        }
    }

    void horizontalGrid() {
        for (Axis.Tick tick : y.ticks()) {
            picture.line(area.getMinX(), atY(tick.value()), area.getMaxX(), atY(tick.value()), Ink.GRID, 1.5f);
        }
    }

    /** Below the plot; one that would touch the one before it, or what stands to the left, is left out. */
    void labelX() {
        double free = area.getMinX() - BESIDE;
        for (Axis.Tick tick : x.ticks()) {
            double half = Type.TICK.width(tick.label()) / 2;
            if (atX(tick.value()) - half < free) {
                continue;
            }
            picture.text(tick.label(), Type.TICK, atX(tick.value()), area.getMaxY() + 27, Picture.Side.CENTRE);
            free = atX(tick.value()) + half + 10;
        }
    }

    void labelY() {
        double free = Double.POSITIVE_INFINITY;
        for (Axis.Tick tick : y.ticks()) {
            double baseline = atY(tick.value()) + Type.TICK.capitals() / 2;
            if (baseline + 4 > free) {
                continue;
            }
            picture.text(tick.label(), Type.TICK, area.getMinX() - BESIDE, baseline, Picture.Side.RIGHT);
            free = baseline - Type.TICK.lineHeight();
        }
    }

    void borderLeft() {
        picture.line(area.getMinX(), area.getMinY(), area.getMinX(), area.getMaxY(), Ink.AXIS, 2);
    }

    void borderBelow() {
        picture.line(area.getMinX(), area.getMaxY(), area.getMaxX(), area.getMaxY(), Ink.AXIS, 2);
    }

    void band(double fromX, double untilX, Color colour) {
        double left = Math.max(area.getMinX(), atX(fromX));
        double right = Math.min(area.getMaxX(), atX(untilX));
        if (right > left) {
            picture.fill(new Rectangle2D.Double(left, area.getMinY(), right - left, area.getHeight()), colour);
        }
    }

    /** Broken where a value is no number. */
    void line(List<Point> points, Color colour, BasicStroke stroke) {
        Path2D path = new Path2D.Double();
        boolean begun = false;
        for (Point point : points) {
            if (!Double.isFinite(point.x()) || !Double.isFinite(point.y())) {
                begun = false;
                continue;
            }
            if (begun) {
                path.lineTo(atX(point.x()), atY(point.y()));
            } else {
                path.moveTo(atX(point.x()), atY(point.y()));
            }
            begun = true;
        }
        picture.within(withRim(), () -> picture.stroke(path, colour, stroke));
    }

    /** Filled down to the lower end, so that no line over it hides it. */
    void area(List<Point> points, Color colour) {
        Path2D path = new Path2D.Double();
        double last = Double.NaN;
        for (Point point : points) {
            boolean known = Double.isFinite(point.x()) && Double.isFinite(point.y());
            if (known && Double.isNaN(last)) {
                path.moveTo(atX(point.x()), area.getMaxY());
            }
            if (known) {
                path.lineTo(atX(point.x()), atY(point.y()));
            } else if (!Double.isNaN(last)) {
                path.lineTo(last, area.getMaxY());
            }
            last = known ? atX(point.x()) : Double.NaN;
        }
        if (!Double.isNaN(last)) {
            path.lineTo(last, area.getMaxY());
        }
        picture.within(withRim(), () -> picture.fill(path, colour));
    }

    void whiskerUp(double atX, double from, double until, Color colour) {
        double middle = atX(atX);
        picture.within(withRim(), () -> {
            picture.line(middle, atY(from), middle, atY(until), colour, 2.5f);
            picture.line(middle - CAP, atY(from), middle + CAP, atY(from), colour, 2.5f);
            picture.line(middle - CAP, atY(until), middle + CAP, atY(until), colour, 2.5f);
        });
    }

    /** @param middle in the picture, not a value */
    void whiskerAcross(double middle, double from, double until, Color colour) {
        picture.within(withRim(), () -> {
            picture.line(atX(from), middle, atX(until), middle, colour, 2.5f);
            picture.line(atX(from), middle - CAP, atX(from), middle + CAP, colour, 2.5f);
            picture.line(atX(until), middle - CAP, atX(until), middle + CAP, colour, 2.5f);
        });
    }

    private Rectangle2D withRim() {
        return new Rectangle2D.Double(
                area.getMinX() - 3, area.getMinY() - 3, area.getWidth() + 6, area.getHeight() + 6);
    }
}
