package io.gpushare.report.chart;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** What every picture has around its plots: what it compares above, what the numbers come from below. */
final class PicturePage {
    private static final double INNER = Picture.WIDTH - 2 * Picture.MARGIN;
    private static final double FOOTER_LINE = 27;
    private static final int MOST_FOOTER_LINES = 3;
    private static final double SUBTITLE_LINE = 31;
    private static final int MOST_SUBTITLE_LINES = 2;

    private PicturePage() {}

    /**
     * @param footer what it was measured on, how many runs, what whiskers are; then what was left out
     * @return where the plots and their labels may lie
     */
    static Rectangle2D begin(Picture picture, String title, String subtitle, Legend legend, List<String> footer) {
        return begin(picture, title, subtitle, legend, footer, Picture.HEIGHT);
    }

    /** @param tallest what the plots need at most: a picture with less to show is lower */
    static Rectangle2D begin(
            Picture picture, String title, String subtitle, Legend legend, List<String> footer, double tallest) {
        double left = Picture.MARGIN;
        picture.text(Type.TITLE.fit(title, INNER), Type.TITLE, left, 66, Picture.Side.LEFT);
        double below = 104;
        for (String line : Type.SUBTITLE.lines(subtitle, INNER, MOST_SUBTITLE_LINES)) {
            picture.text(line, Type.SUBTITLE, left, below, Picture.Side.LEFT);
            below += SUBTITLE_LINE;
        }
        double top = legend.draw(picture, left, below - SUBTITLE_LINE + 16, INNER) + 12;
        List<String> lines = new ArrayList<>();
        footer.forEach(sentence -> lines.addAll(Type.FOOTER.lines(sentence, INNER, 2)));
        List<String> shown = lines.subList(0, Math.min(MOST_FOOTER_LINES, lines.size()));
        double bottom = Picture.HEIGHT - 30 - shown.size() * FOOTER_LINE;
        double spare = Math.max(0, bottom - top - tallest);
        double baseline = Picture.HEIGHT - 22 - (shown.size() - 1) * FOOTER_LINE - spare;
        for (String line : shown) {
            picture.text(line, Type.FOOTER, left, baseline, Picture.Side.LEFT);
            baseline += FOOTER_LINE;
        }
        picture.cut(Picture.HEIGHT - spare);
        return new Rectangle2D.Double(left, top, INNER, bottom - top - spare);
    }

    /** As many cells as there are plots, in as many rows as they need. */
    static List<Rectangle2D> grid(Rectangle2D area, int plots, int columns, double gapX) {
        return grid(area, Math.ceilDiv(plots, columns), columns, gapX, 18);
    }

    /** Divided evenly, row by row. */
    static List<Rectangle2D> grid(Rectangle2D area, int rows, int columns, double gapX, double gapY) {
        double width = (area.getWidth() - (columns - 1) * gapX) / columns;
        double height = (area.getHeight() - (rows - 1) * gapY) / rows;
        List<Rectangle2D> cells = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                cells.add(new Rectangle2D.Double(
                        area.getX() + column * (width + gapX), area.getY() + row * (height + gapY), width, height));
            }
        }
        return cells;
    }

    /** Around the plot stay a heading and the labels of its axes. */
    static Rectangle2D inside(Rectangle2D cell, double left, double above, double below, double right) {
        return new Rectangle2D.Double(
                cell.getX() + left,
                cell.getY() + above,
                cell.getWidth() - left - right,
                cell.getHeight() - above - below);
    }
}
