package io.gpushare.report.chart;

import io.gpushare.mode.ModeKind;
import io.gpushare.report.ArmLook;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * How one way of sharing is drawn wherever it appears: the hue is its mode's; settings of one mode differ in shade,
 * then also in stripes, dashes and marks, so that no two look alike for those who see no colours either.
 *
 * @param shape of the marks of its mode, {@code place} of its settings among those of its mode
 */
record ArmStyle(Color colour, int shape, int place) {
    private static final float[][] DASHES = {{}, {14, 6}, {4, 5}, {16, 5, 4, 5}};
    private static final float STRIPE = 3.5f;

    static ArmStyle of(ArmLook look) {
        return new ArmStyle(Ink.of(look.onWhite()), shapeOf(look.mode()), look.place());
    }

    private static int shapeOf(ModeKind mode) {
        return switch (mode) {
            case EXCLUSIVE -> 0;
            case TIME_SLICING -> 1;
            case MPS -> 2;
            case MIG -> 3;
        };
    }

    BasicStroke stroke() {
        return stroke(4);
    }

    BasicStroke stroke(float width) {
        return Strokes.dashed(width, DASHES[place % DASHES.length]);
    }

    void bar(Picture picture, Rectangle2D bar) {
        picture.fill(bar, colour);
        int stripes = place / ArmLook.SHADES;
        if (stripes == 0) {
            return;
        }
        double gap = 22 - 4 * Math.min(stripes, 3);
        boolean rising = stripes % 2 == 1;
        picture.within(bar, () -> {
            for (double x = bar.getMinX() - bar.getHeight(); x < bar.getMaxX(); x += gap) {
                double from = rising ? bar.getMaxY() : bar.getMinY();
                double until = rising ? bar.getMinY() : bar.getMaxY();
                picture.line(x, from, x + bar.getHeight(), until, Ink.PAPER, STRIPE);
            }
        });
    }

    void mark(Picture picture, double x, double y) {
        Shape shape = shape(x, y);
        picture.fill(shape, colour);
        picture.stroke(shape, Ink.PAPER, new BasicStroke(2));
    }

    private Shape shape(double x, double y) {
        double r = 8;
        return switch ((shape + place) % 4) {
            case 1 -> new Rectangle2D.Double(x - r, y - r, 2 * r, 2 * r);
            case 2 -> polygon(x, y - 1.3 * r, x + 1.2 * r, y + 0.9 * r, x - 1.2 * r, y + 0.9 * r);
            case 3 -> polygon(x, y - 1.3 * r, x + 1.3 * r, y, x, y + 1.3 * r, x - 1.3 * r, y);
            default -> new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
        };
    }

    private static Shape polygon(double... corners) {
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.lineTo(corners[i], corners[i + 1]);
        }
        path.closePath();
        return path;
    }
}
