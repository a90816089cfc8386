package io.gpushare.report.chart;

import java.awt.Color;

/**
 * From little to much: pale yellow over orange to dark purple. Its lightness falls evenly, so that it is read without colours
 * too (a sequence of matplotlib's inferno, by Smith and van der Walt, from its light end, and paler there).
 */
final class Heat {
    private static final Color[] STOPS = {
        new Color(0xfdf9d8),
        new Color(0xfbd35a),
        new Color(0xfb9b06),
        new Color(0xe8602d),
        new Color(0xb93556),
        new Color(0x7a1d6d),
        new Color(0x340a5f)
    };

    private Heat() {}

    /** @param share from 0 to 1 */
    static Color at(double share) {
        double position = Math.clamp(share, 0, 1) * (STOPS.length - 1);
        int below = (int) Math.min(STOPS.length - 2, Math.floor(position));
        return Ink.mix(STOPS[below], STOPS[below + 1], position - below);
    }
}
