package io.gpushare.report.chart;

import io.gpushare.text.SafeText;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** A kind of text in a picture. The smallest is still read when the picture is shown at half its size. */
record Type(Font font, Color colour) {
    static final Type TITLE = of(Fonts.medium(), 38, Ink.TEXT);
    static final Type SUBTITLE = of(Fonts.regular(), 24, Ink.SOFT);
    static final Type HEADING = of(Fonts.medium(), 25, Ink.TEXT);
    static final Type LABEL = of(Fonts.regular(), 23, Ink.TEXT);
    static final Type VALUE = of(Fonts.medium(), 23, Ink.TEXT);
    static final Type TICK = of(Fonts.regular(), 21, Ink.SOFT);
    static final Type FOOTER = of(Fonts.regular(), 20, Ink.SOFT);
    static final Type MARK = of(Fonts.medium(), 210, Ink.MARK);

    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);
    /** Characters at either end that could find room anywhere. */
    private static final int LONGEST = 200;

    private static final String CUT = "…";

    private static Type of(Font face, float size, Color colour) {
        return new Type(face.deriveFont(size), colour);
    }

    double width(String text) {
        return font.getStringBounds(text, EXACT).getWidth();
    }

    /** From the baseline up to the top of a capital letter. */
    double capitals() {
        return 0.71 * font.getSize2D();
    }

    double lineHeight() {
        return 1.22 * font.getSize2D();
    }

    /** What the text covers when its baseline begins at a point. */
    Rectangle2D bounds(String text, double x, double baseline) {
        return new Rectangle2D.Double(
                x, baseline - capitals() - 1, width(text), capitals() + 1 + 0.21 * font.getSize2D());
    }

    /**
     * Cut in the middle, because names differ at both ends; between words, where that leaves half of what finds room.
     */
    String fit(String text, double width) {
        String whole = printable(text);
        if (width(whole) <= width) {
            return whole;
        }
        int[] points = whole.codePoints().toArray();
        for (int kept = points.length - 1; kept > 1; kept--) {
            int head = (kept + 1) / 2;
            int tail = kept - head;
            String before = new String(points, 0, head);
            String behind = new String(points, points.length - tail, tail);
            if (width(before.stripTrailing() + CUT + behind.stripLeading()) <= width) {
                return wholeWords(whole, before.length(), behind.length());
            }
        }
        return CUT;
    }

    private static String wholeWords(String text, int head, int tail) {
        int end = head;
        while (end > head / 2 && !breaksBefore(text, end)) {
            end--;
        }
        int begin = text.length() - tail;
        while (begin < text.length() - tail / 2 && !breaksBefore(text, begin)) {
            begin++;
        }
        return text.substring(0, end > head / 2 ? end : head).stripTrailing()
                + CUT
                + text.substring(begin < text.length() - tail / 2 ? begin : text.length() - tail)
                        .stripLeading();
    }

    /** Broken at blanks and behind the marks that join a variant's name; what is too much for the last line is cut. */
    List<String> lines(String text, double width, int most) {
        List<String> lines = new ArrayList<>();
        String rest = printable(text);
        while (lines.size() < most - 1 && width(rest) > width) {
            int end = breakBefore(rest, width);
            if (end <= 0) {
                break;
            }
            lines.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        lines.add(fit(rest, width));
        return lines;
    }

    private int breakBefore(String text, double width) {
        int best = 0;
        for (int i = 1; i < text.length() && width(text.substring(0, i).strip()) <= width; i++) {
            if (breaksBefore(text, i)) {
                best = i;
            }
        }
        return best;
    }

    private static boolean breaksBefore(String text, int at) {
        char before = text.charAt(at - 1);
        return before == ' ' || before == ',' || before == '-' || before == '/' || text.charAt(at) == '[';
    }

    private static String printable(String text) {
        int points = text.codePointCount(0, text.length());
        String ends = points <= 2 * LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST))
                        + CUT
                        + text.substring(text.offsetByCodePoints(text.length(), -LONGEST));
        return ends.codePoints()
                .map(point -> SafeText.drives(point) ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
