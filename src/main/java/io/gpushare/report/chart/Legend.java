package io.gpushare.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** What the lines and marks of a picture stand for, in rows above its plots. */
final class Legend {
    private static final double ROW = 34;
    private static final double SAMPLE = 52;
    private static final double GAP = 38;
    private static final double BESIDE = 12;
    /** Three find room in a row. */
    private static final double LONGEST = (Picture.WIDTH - 2 * Picture.MARGIN - 2 * GAP) / 3 - SAMPLE - BESIDE;

    /** What "and 12 more" takes. */
    private static final double MORE = 150;

    private static final int MOST_ROWS = 5;

    /** Draws what an entry looks like between two ends of a line at the height of the middle of its text. */
    @FunctionalInterface
    interface Sample {
        void draw(Picture picture, double fromX, double untilX, double y);
    }

    private record Entry(Sample sample, String words) {}

    private final List<Entry> entries = new ArrayList<>();

    Legend add(String words, Sample sample) {
        entries.add(new Entry(sample, Type.LABEL.fit(words, LONGEST)));
        return this;
    }

    Legend line(String words, Color colour, BasicStroke stroke) {
        return add(
                words, (paper, from, until, y) -> paper.stroke(new Line2D.Double(from, y, until, y), colour, stroke));
    }

    /** A way of sharing, as a line with a mark in its middle. */
    Legend line(String words, ArmStyle look) {
        return add(words, (paper, from, until, y) -> {
            paper.stroke(new Line2D.Double(from, y, until, y), look.colour(), look.stroke());
            look.mark(paper, (from + until) / 2, y);
        });
    }

    /** @return where it ends */
    double draw(Picture picture, double left, double top, double width) {
        if (entries.isEmpty()) {
            return top;
        }
        double x = left;
        double widest = left;
        int row = 0;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            double needed = SAMPLE + BESIDE + Type.LABEL.width(entry.words());
            if (x > left && x + needed > left + width) {
                x = left;
                row++;
            }
            boolean last = i == entries.size() - 1;
            double baseline = top + row * ROW + 25;
            if (row == MOST_ROWS - 1 && !last && x + needed + GAP + MORE > left + width) {
                picture.text(
                        "and " + (entries.size() - i) + " more", Type.LABEL, Ink.SOFT, x, baseline, Picture.Side.LEFT);
                widest = Math.max(widest, x + MORE);
                break;
            }
            entry.sample().draw(picture, x, x + SAMPLE, baseline - Type.LABEL.capitals() / 2);
            picture.text(entry.words(), Type.LABEL, x + SAMPLE + BESIDE, baseline, Picture.Side.LEFT);
            x += needed + GAP;
            widest = Math.max(widest, x - GAP);
        }
        double bottom = top + (row + 1) * ROW;
        picture.legend(new Rectangle2D.Double(left, top, widest - left, bottom - top));
        return bottom;
    }
}
