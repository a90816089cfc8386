package io.gpushare.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Paper for one picture, of a slide's proportions, or lower where there is less to show. It remembers where text,
 * legends and plots are, so that a test can tell when one lies over another.
 */
final class Picture {
    static final int WIDTH = 1600;
    static final int HEIGHT = 900;
    static final double MARGIN = 48;

    /** Where a text lies in relation to its point. */
    enum Side {
        LEFT,
        CENTRE,
        RIGHT
    }

    record Text(String words, Type type, Rectangle2D bounds) {}

    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D pen = image.createGraphics();
    private final List<Text> texts = new ArrayList<>();
    private final List<Rectangle2D> plots = new ArrayList<>();
    private final List<Rectangle2D> legends = new ArrayList<>();
    private int height = HEIGHT;

    Picture() {
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.setColor(Ink.PAPER);
        pen.fillRect(0, 0, WIDTH, HEIGHT);
    }

    void text(String words, Type type, double x, double baseline, Side side) {
        text(words, type, type.colour(), x, baseline, side);
    }

    /** @param x of the text's left end, middle or right end, as {@code side} says */
    void text(String words, Type type, Color colour, double x, double baseline, Side side) {
        if (words.isEmpty()) {
            return;
        }
        double left = switch (side) {
            case LEFT -> x;
            case CENTRE -> x - type.width(words) / 2;
            case RIGHT -> x - type.width(words);
        };
        pen.setFont(type.font());
        pen.setColor(colour);
        pen.drawString(words, (float) left, (float) baseline);
        texts.add(new Text(words, type, type.bounds(words, left, baseline)));
    }

    void fill(Shape shape, Color colour) {
        pen.setColor(colour);
        pen.fill(shape);
    }

    void stroke(Shape shape, Color colour, BasicStroke stroke) {
        pen.setColor(colour);
        pen.setStroke(stroke);
        pen.draw(shape);
    }

    void line(double fromX, double fromY, double toX, double toY, Color colour, float width) {
        stroke(new Line2D.Double(fromX, fromY, toX, toY), colour, new BasicStroke(width));
    }

    /** Nothing is drawn outside of an area meanwhile. */
    void within(Shape area, Runnable drawing) {
        Shape before = pen.getClip();
        pen.clip(area);
        drawing.run();
        pen.setClip(before);
    }

    int height() {
        return height;
    }

    /** Below this there is nothing to see. */
    void cut(double below) {
        height = (int) Math.ceil(Math.min(HEIGHT, below));
    }

    /** Across all that is drawn so far, and so that it is still seen. */
    void markSimulated() {
        String words = "SIMULATED";
        AffineTransform upright = pen.getTransform();
        pen.rotate(-Math.atan2(height * 0.62, WIDTH), WIDTH / 2.0, height / 2.0);
        pen.setFont(Type.MARK.font());
        pen.setColor(Type.MARK.colour());
        pen.drawString(words, (float) ((WIDTH - Type.MARK.width(words)) / 2), (float)
                (height / 2.0 + Type.MARK.capitals() / 2));
        pen.setTransform(upright);
    }

    void plot(Rectangle2D area) {
        plots.add(area);
    }

    void legend(Rectangle2D area) {
        legends.add(area);
    }

    List<Text> texts() {
        return List.copyOf(texts);
    }

    List<Rectangle2D> plots() {
        return List.copyOf(plots);
    }

    List<Rectangle2D> legends() {
        return List.copyOf(legends);
    }

    BufferedImage image() {
        return image.getSubimage(0, 0, WIDTH, height);
    }

    void writeTo(OutputStream out) throws IOException {
        ImageIO.setUseCache(false);
        if (!ImageIO.write(image(), "png", out)) {
            throw new IllegalStateException("Java has no writer of PNG files");
        }
    }
}
