package io.gpushare.report.chart;

import io.gpushare.results.reading.RunTimeline.Phase;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Which part of a run it is: a strip above the plots, and a shade behind what is measured in them. */
final class PhaseStrip {
    private static final String BASELINE = "measure baseline of ";
    private static final Color MEASURED = Ink.mix(Ink.BAND, new Color(0x0072b2), 0.16);

    private PhaseStrip() {}

    static void draw(Picture picture, List<Phase> phases, Rectangle2D strip, Axis time) {
        Axis none = new Axis(value -> value, 0, 1, List.of());
        Panel panel = new Panel(picture, strip, time, none);
        for (Phase phase : phases) {
            double left = Math.max(strip.getMinX(), panel.atX(phase.fromS()));
            double right = Math.min(strip.getMaxX(), panel.atX(phase.untilS()));
            if (right - left < 2) {
                continue;
            }
            picture.fill(
                    new Rectangle2D.Double(left, strip.getY(), right - left - 1.5, strip.getHeight()),
                    isMeasured(phase) ? MEASURED : Ink.GRID);
            String words = words(phase.name());
            if (Type.FOOTER.width(words) + 12 < right - left) {
                picture.text(
                        words, Type.FOOTER, Ink.TEXT, (left + right) / 2, strip.getMaxY() - 6, Picture.Side.CENTRE);
            }
        }
    }

    static void shade(Panel panel, List<Phase> phases) {
        phases.stream()
                .filter(PhaseStrip::isMeasured)
                .forEach(phase -> panel.band(phase.fromS(), phase.untilS(), Ink.BAND));
    }

    private static boolean isMeasured(Phase phase) {
        return phase.name().startsWith("measure");
    }

    private static String words(String phase) {
        if (phase.startsWith(BASELINE)) {
            return phase.substring(BASELINE.length()) + " alone";
        }
        return switch (phase) {
            case "measure tenants" -> "measured";
            case "between" -> "loading";
            default -> phase;
        };
    }
}
