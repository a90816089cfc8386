package io.gpushare.report.chart;

import io.gpushare.report.Rgb;
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
    /** Where tenants are measured, above the plots. */
    static final Color MEASURED = new Color(0xc8dceb);
    /** Under a line, where an area is meant. */
    static final Color AREA = new Color(0xd4d7da);

    static final Color MARK = new Color(0x60, 0x00, 0x00, 0x1c);
    static final Color BOUND = new Color(0xb00020);

    /** For workloads: none of them near a mode's; from Tol's muted and from Okabe and Ito's colours. */
    static final List<Color> WORKLOADS = List.of(
            new Color(0x1f1f1f), new Color(0xaa4499), new Color(0x8a8a00), new Color(0x56b4e9), new Color(0xe69f00));

    private Ink() {}

    static Color of(Rgb colour) {
        return new Color(colour.red(), colour.green(), colour.blue());
    }
}
