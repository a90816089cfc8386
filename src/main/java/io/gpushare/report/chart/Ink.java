package io.gpushare.report.chart;

import io.gpushare.report.ModeColour;
import java.awt.Color;
import java.util.List;

/** The colours beside those of the modes. */
final class Ink {
    static final Color PAPER = Color.WHITE;
    static final Color TEXT = new Color(0x1f1f1f);
    static final Color SOFT = new Color(0x555555);
    static final Color AXIS = new Color(0x8c8c8c);
    static final Color GRID = new Color(0xe2e2e2);
    static final Color BAND = new Color(0xeef3f8);
    static final Color MARK = new Color(0x60, 0x00, 0x00, 0x1c);
    static final Color BOUND = new Color(0xb00020);

    /** For workloads: none of them near a mode's; from Tol's muted and from Okabe and Ito's colours. */
    static final List<Color> WORKLOADS = List.of(
            new Color(0x1f1f1f), new Color(0xaa4499), new Color(0x8a8a00), new Color(0x56b4e9), new Color(0xe69f00));

    private Ink() {}

    static Color of(String mode) {
        return Color.decode(ModeColour.of(mode).hex());
    }

    /** @param share of the other colour */
    static Color mix(Color colour, Color other, double share) {
        return new Color(
                blend(colour.getRed(), other.getRed(), share),
                blend(colour.getGreen(), other.getGreen(), share),
                blend(colour.getBlue(), other.getBlue(), share));
    }

    /** Which of black and white is read better on it, by WCAG's relative luminance. */
    static Color on(Color ground) {
        double luminance = 0.2126 * linear(ground.getRed())
                + 0.7152 * linear(ground.getGreen())
                + 0.0722 * linear(ground.getBlue());
        return luminance > 0.179 ? Color.BLACK : Color.WHITE;
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static int blend(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }
}
